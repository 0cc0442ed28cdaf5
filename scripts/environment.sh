# Sourced by the other scripts: where things are.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$HOME/.cargo/bin:$HOME/.local/bin:$PATH"
built=${CARGO_TARGET_DIR:-target}

# node_modules as the lock file says; nothing to do where they were installed from this very file.
install_ui() {
  mkdir -p .stamps
  local wanted installed=.stamps/npm
  wanted=$(cksum <ui/package-lock.json)
  if [ -d ui/node_modules ] && [ "$(cat $installed 2>/dev/null)" = "$wanted" ]; then return; fi
  # Said aloud: where the caller looks at the answer, `set -e` does not hold in here.
  npm --prefix ui ci --ignore-scripts --no-audit --no-fund || return 1
  printf '%s\n' "$wanted" >$installed
}
