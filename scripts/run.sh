#!/usr/bin/env bash
# The app in its window; where there is no display, the main job in the terminal.
set -euo pipefail
source "$(dirname "$0")/environment.sh"
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  scripts/setup.sh terminal
  exec scripts/demo.sh
fi
scripts/setup.sh window
install_ui
npm --prefix ui run --silent build
exec cargo run -p recourse-desktop
