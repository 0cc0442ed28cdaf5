#!/usr/bin/env bash
# Draws src-tauri/icons/ from assets/icon.svg. Run by hand after the mark changes; its results are committed.
set -euo pipefail
cd "$(dirname "$0")/.."
out=src-tauri/icons
# GTK's own thumbnailer draws SVG through librsvg, which the build needs anyway; `convert` packs and strips.
draw() {
  gdk-pixbuf-thumbnailer --size "$1" assets/icon.svg "$2"
  convert "$2" -strip "PNG32:$2"
}
draw 32 $out/32x32.png
draw 128 $out/128x128.png
draw 256 $out/128x128@2x.png
draw 512 $out/icon.png
convert $out/icon.png -define icon:auto-resize=256,64,48,32,16 $out/icon.ico
# An ICNS file is a list of PNGs, each with a four-letter type and its length.
python3 - "$out" <<'PY'
import pathlib, struct, sys
out = pathlib.Path(sys.argv[1])
parts = [(b"ic07", "128x128.png"), (b"ic08", "128x128@2x.png"), (b"ic09", "icon.png")]
body = b"".join(kind + struct.pack(">I", 8 + len(png)) + png
                for kind, png in ((k, (out / name).read_bytes()) for k, name in parts))
(out / "icon.icns").write_bytes(b"icns" + struct.pack(">I", 8 + len(body)) + body)
PY
