#!/usr/bin/env bash
# Drives the real window without a display: one X server and one window manager for all, one bus for each window.
set -euo pipefail
source "$(dirname "$0")/environment.sh"
export RECOURSE_APP=${RECOURSE_APP:-$(cd "$built" && pwd)/debug/recourse-desktop}
export RECOURSE_SHOTS=${RECOURSE_SHOTS:-$PWD/shots}
mkdir -p "$RECOURSE_SHOTS"
# `cargo test` leaves tests/e2e out: it needs the built app and a display, and gets both here.
cargo test --quiet -p recourse-e2e --no-run
exec xvfb-run -a -s "-screen 0 1920x1200x24 -nolisten tcp" bash -c '
  openbox >/dev/null 2>&1 &
  export GDK_BACKEND=x11 NO_AT_BRIDGE=1 LIBGL_ALWAYS_SOFTWARE=1
  unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
  # One window at a time: a covered one does not paint, and a picture of it is waited for in vain.
  cargo test --quiet -p recourse-e2e -- --test-threads=1 --nocapture "$@"
' window-tests "$@"
