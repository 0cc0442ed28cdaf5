#!/usr/bin/env bash
# Builds a directory pack of what lies in assets and signs it. The developer's key is made where there is none, in
# RECOURSE_KEY (.keys/directory.key): keep it, keep it secret; it is never part of the tree.
set -euo pipefail
source "$(dirname "$0")/environment.sh"
key=${RECOURSE_KEY:-.keys/directory.key}
out=${1:-recourse-directory.pack}
exec cargo run --quiet -p recourse-tests --bin pack-directory -- "$key" "$out"
