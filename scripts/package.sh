#!/usr/bin/env bash
# Installers of this machine's kind, with their own OpenSSL.
set -euo pipefail
source "$(dirname "$0")/environment.sh"
scripts/setup.sh window
install_ui
bundles=()
[ "$(uname -s)" != Linux ] || bundles=(--bundles "deb,rpm")
command -v cargo-tauri >/dev/null || cargo install tauri-cli --version "^2" --locked
cargo tauri build "${bundles[@]}" --features vendored-openssl "$@"
find "$built/release/bundle" -maxdepth 2 -type f \( -name '*.deb' -o -name '*.rpm' -o -name '*.dmg' -o -name '*.msi' \) 2>/dev/null
