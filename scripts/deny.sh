#!/usr/bin/env bash
# Licences, sources and known defects of the dependencies, as deny.toml says.
set -euo pipefail
source "$(dirname "$0")/environment.sh"
if ! command -v cargo-deny >/dev/null; then
  echo "skipped: cargo-deny is not installed (cargo install --locked cargo-deny)"
  exit 0
fi
exec cargo deny --locked check
