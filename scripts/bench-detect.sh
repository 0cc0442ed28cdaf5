#!/usr/bin/env bash
# Recourse beside PyOD, River and plain z-scores on simulated ledgers, as docs/detection.md shows them.
# `LEDGERS='FILE …' make bench-detect` measures other ledgers too; `ONLY=Recourse` leaves the others out; `SAMPLE=0` takes all users.
# Scores of general detectors are kept in .stamps/detect/scores, so that a second run takes minutes.
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
# Seeds of development and of measuring: users are never the same. Fitting general detectors anew for every user takes hours on
# all rows: files of more than SAMPLE rows (0: none) are measured on some of their users, by every method the same, and the table says so.
for seed in 1 2; do
  "$built/release/ledgers" handbook 250 $seed >"$folder/handbook-$seed.csv"
  "$built/release/ledgers" mobile-money 300 $seed >"$folder/mobile-money-$seed.csv"
  "$built/release/ledgers" years 4 $seed >"$folder/years-$seed.csv"
done
for wallet in 'wallet 30 1' 'wallet 30 7001' 'purse 60 5001' 'pouch 60 4001' 'pouch 60 4003'; do
  read -r style users seed <<<"$wallet"
  "$built/release/ledgers" "$style" "$users" "$seed" >"$folder/$style-$seed.csv"
  "$built/release/ledgers" "$style-notes" "$users" "$seed" >"$folder/$style-$seed-notes.csv"
done
measure() {
  $python scripts/bench_detect.py "$built/release/recourse" --keep .stamps/detect/scores "$@"
}
sets=(mobile-money wallet handbook years)
echo "# Users of measuring"
files=()
for set in "${sets[@]}"; do files+=("$folder/$set-$([ "$set" = wallet ] && echo 7001 || echo 2).csv"); done
# shellcheck disable=SC2086
measure "${files[@]}" ${LEDGERS:-} --sample "${SAMPLE:-12000}" ${ONLY:+--only "$ONLY"}
echo "# Users of development"
files=()
for set in "${sets[@]}"; do files+=("$folder/$set-1.csv"); done
measure "${files[@]}" --sample "${SAMPLE:-12000}" ${ONLY:+--only "$ONLY"}
echo "# Named troubles in three styles, all users"
measure "$folder"/{wallet-7001,purse-5001,pouch-4001,pouch-4003}.csv --only Recourse
