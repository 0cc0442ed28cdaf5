#!/usr/bin/env bash
# Writes the border's types and their index anew: run it after a change of a type that crosses the border.
set -euo pipefail
source "$(dirname "$0")/environment.sh"
cargo test --quiet -p recourse export_bindings
(cd ui/src/lib/bindings && ls ./*.ts | sed -nE 's|^\./([A-Z][A-Za-z]*)\.ts$|export type { \1 } from "./\1";|p' | LC_ALL=C sort >index.ts)
