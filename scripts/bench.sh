#!/usr/bin/env bash
# Rows a second and memory of the main paths, as docs/benchmarks.md shows them.
set -euo pipefail
source "$(dirname "$0")/environment.sh"
scripts/setup.sh terminal
exec cargo bench --workspace --exclude recourse-desktop --exclude recourse-e2e "$@"
