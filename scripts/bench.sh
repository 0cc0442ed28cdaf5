#!/usr/bin/env bash
# Rows a CPU second and peak memory of an import, as docs/benchmarks.md shows them. `ROWS='1000 2000' make bench` for other sizes.
set -euo pipefail
source "$(dirname "$0")/environment.sh"
scripts/setup.sh terminal
cargo build --quiet --profile bench -p recourse-cli -p recourse-tests --bins
command -v sqlite3 >/dev/null || echo "sqlite3 is not installed: its column stays empty"
# The bench profile writes beside the release one.
# shellcheck disable=SC2086
exec "$built/release/measure" "$built/release/recourse" "$built/release/reader" ${ROWS:-}
