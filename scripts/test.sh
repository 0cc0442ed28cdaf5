#!/usr/bin/env bash
# All tests, cheapest first; the first failure ends it. Each step says its name and how long it took.
set -euo pipefail
source "$(dirname "$0")/environment.sh"
began=$SECONDS

step() {
  local name=$1 at=$SECONDS
  shift
  printf '\n── %s\n' "$name"
  "$@" || { printf '── %s: FAILED after %d s\n' "$name" $((SECONDS - at)); exit 1; }
  printf '── %s: %d s\n' "$name" $((SECONDS - at))
}

core_tests() {
  # The tests write the border's types anew: what stands in the tree must be what they write.
  local before
  before=$(mktemp -d)
  cp -a ui/src/lib/bindings/. "$before"
  # Named as a step of `||`, a function does not stop at its first failure by itself.
  cargo test --quiet || { rm -r "$before"; return 1; }
  if ! diff -r "$before" ui/src/lib/bindings; then
    echo "the border's types have changed: commit ui/src/lib/bindings as it now stands" >&2
    rm -r "$before"
    return 1
  fi
  rm -r "$before"
}

mkdir -p ui/dist # the shell's build looks for it, even where only checks are made
step "set-up" scripts/setup.sh test
step "format" cargo fmt --all --check
step "clippy" cargo clippy --quiet --workspace --all-targets -- -D warnings
step "core, command line, journeys; the border's types" core_tests
step "what the core may not depend on" scripts/forbidden.sh
step "the UI's packages" install_ui
step "svelte-check" npm --prefix ui run --silent check
step "vitest" npm --prefix ui run --silent test
step "vite build" npm --prefix ui run --silent build
step "the shell" cargo test --quiet -p recourse-desktop
step "the app" cargo build --quiet -p recourse-desktop -p recourse-cli
step "the real window" scripts/window-tests.sh
printf '\nall good after %d s\n' $((SECONDS - began))
