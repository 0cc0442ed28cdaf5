#!/usr/bin/env bash
# Recourse beside PyOD, River and plain z-scores on simulated ledgers, as docs/detection.md shows them.
# `LEDGERS='FILE …' make bench-detect` measures other ledgers too; `ONLY=Recourse` leaves the others out.
set -euo pipefail
source "$(dirname "$0")/environment.sh"
scripts/setup.sh terminal
cargo build --quiet --profile bench -p recourse-cli -p recourse-tests --bins
python=.stamps/detect/bin/python
if [ ! -x $python ]; then
  echo "bench-detect: installing numpy, PyOD and River into .stamps/detect" >&2
  python3 -m venv .stamps/detect
  $python -m pip install --quiet 'numpy<3' 'pyod==3.6.7' 'river==0.26.1'
fi
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
# Seed 1 is for development, seed 2 for measuring; users are never the same.
"$built/release/ledgers" handbook 250 2 >"$folder/handbook.csv"
"$built/release/ledgers" mobile-money 300 2 >"$folder/mobile-money.csv"
"$built/release/ledgers" years 4 2 >"$folder/years.csv"
# shellcheck disable=SC2086
$python scripts/bench_detect.py "$built/release/recourse" "$folder/handbook.csv" "$folder/mobile-money.csv" "$folder/years.csv" \
  ${LEDGERS:-} ${ONLY:+--only "$ONLY"}
