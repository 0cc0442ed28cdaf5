#!/usr/bin/env bash
# Provides what a make target needs: packages, Rust, Node. Says what it will install before it does.
#   scripts/setup.sh terminal|window|test
# A second run only looks: well under a second.
set -euo pipefail
cd "$(dirname "$0")/.."

for_terminal="build-essential pkg-config libssl-dev perl ca-certificates"
for_window="$for_terminal libwebkit2gtk-4.1-dev libgtk-3-dev librsvg2-dev file xdg-utils fonts-noto-cjk"
for_test="$for_window xvfb xauth dbus dbus-x11 openbox libgl1-mesa-dri at-spi2-core webkit2gtk-driver desktop-file-utils imagemagick xdotool"

target="${1:?terminal, window or test}"
case "$target" in
  terminal) packages=$for_terminal; needs_node=no ;;
  window) packages=$for_window; needs_node=yes ;;
  test) packages=$for_test; needs_node=yes ;;
  *) echo "setup: terminal, window or test, not '$target'" >&2; exit 2 ;;
esac

say() { printf 'setup: %s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# Someone who can answer, or a machine (CI) that gets the distribution's own packages.
may_ask() { [ -t 0 ] && [ -t 2 ] && [ -z "${CI:-}" ]; }

# ask QUESTION: yes or no, yes where nobody can be asked.
ask() {
  may_ask || return 0
  local answer
  read -r -p "setup: $1 [Y/n] " answer
  case "$answer" in [nN]*) return 1 ;; *) return 0 ;; esac
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# install PACKAGE…: through apt, after saying what.
apt_install() {
  say "installing with apt: $*"
  if [ "$(id -u)" != 0 ] && ! have sudo; then
    say "there is no sudo here; as root, type:  apt-get install --no-install-recommends $*"
    exit 1
  fi
  ask "go on?" || { say "nothing was installed"; exit 1; }
  as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends "$@" >&2
}

missing_packages() {
  # One line for each package that is fully installed.
  local there
  there=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' $packages 2>/dev/null | sed -n 's/^ii  *//p' || true)
  for package in $packages; do
    grep -qx "$package" <<<"$there" || printf '%s ' "$package"
  done
}

other_system() {
  case "$(uname -s)" in
    Darwin)
      say "on macOS: xcode-select --install; then Rust with rustup and Node 20 or newer" ;;
    MINGW* | MSYS* | CYGWIN*)
      say "on Windows: the Visual Studio Build Tools (C++), WebView2 (part of Windows 11), Strawberry Perl,"
      say "Rust with rustup and Node 20 or newer; releases build with --features vendored-openssl" ;;
    *)
      if have dnf; then
        say "on Fedora: sudo dnf install webkit2gtk4.1-devel gtk3-devel librsvg2-devel openssl-devel perl gcc gcc-c++ make"
        say "           pkgconf-pkg-config file xdg-utils google-noto-sans-cjk-fonts"
        say "for the tests also: xorg-x11-server-Xvfb xorg-x11-xauth dbus-daemon dbus-x11 openbox webkit2gtk-driver"
      else
        say "this system has no apt; what Debian calls: $packages"
      fi ;;
  esac
}

rust_is_there() { have cargo && cargo --version >/dev/null 2>&1; }

provide_rust() {
  if rust_is_there; then return; fi
  # rustup may be there without the toolchain that rust-toolchain.toml names.
  if have rustup; then
    say "installing the Rust toolchain named in rust-toolchain.toml"
    rustup toolchain install >&2
    return
  fi
  if have apt-cache && [ -n "$(apt-cache search --names-only '^rustup$')" ]; then
    apt_install rustup
    rustup toolchain install >&2
  elif may_ask && ask "Rust is missing and this release has no rustup package. Use the official installer (sh.rustup.rs)?"; then
    have curl || apt_install curl
    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal >&2
  else
    say "Rust is missing: install it with rustup (https://rustup.rs), then run this again"
    exit 1
  fi
}

node_is_there() { have npm && have node && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; }

provide_node() {
  if node_is_there; then return; fi
  local offered=0
  if have apt-cache; then
    offered=$(apt-cache policy nodejs 2>/dev/null | sed -nE 's/^ *Candidate: *([0-9]+)\..*/\1/p')
  fi
  if [ "${offered:-0}" -ge 20 ]; then
    apt_install nodejs npm
  elif may_ask && ask "Node 20 or newer is missing and this release has none. Take the official build into ~/.local?"; then
    official_node
  else
    say "Node 20 or newer is missing: install it (https://nodejs.org), then run this again"
    exit 1
  fi
}

official_node() {
  local version=v22.11.0 kind archive folder
  case "$(uname -m)" in x86_64) kind=linux-x64 ;; aarch64) kind=linux-arm64 ;; *) say "no official build for this machine"; exit 1 ;; esac
  archive=node-$version-$kind.tar.xz
  folder=$(mktemp -d)
  have curl || apt_install curl
  have xz || apt_install xz-utils
  (cd "$folder" && curl -sSfO "https://nodejs.org/dist/$version/$archive" \
    && curl -sSf "https://nodejs.org/dist/$version/SHASUMS256.txt" | grep " $archive\$" | sha256sum -c - >&2)
  mkdir -p "$HOME/.local"
  tar -xJf "$folder/$archive" -C "$HOME/.local" --strip-components=1 --exclude='*.md' --exclude=LICENSE
  rm -r "$folder"
  say "Node is in ~/.local/bin: put it on your PATH if it is not there"
}

# What was found complete, under the hash of what was wanted; packages can be removed, so dpkg is asked all the same.
stamp=.stamps/setup-$target-$(printf '%s' "$packages" | cksum | cut -d' ' -f1)
if have dpkg-query && have apt-get; then
  missing=$(missing_packages)
  if [ -n "$missing" ]; then
    # shellcheck disable=SC2086
    apt_install $missing
  fi
elif [ ! -e "$stamp" ]; then
  other_system
  say "going on with what is there"
fi
export PATH="$HOME/.cargo/bin:$HOME/.local/bin:$PATH"
provide_rust
[ "$needs_node" = no ] || provide_node
mkdir -p .stamps && : >"$stamp"
