#!/usr/bin/env bash
# The core and the command line know no window, no scheduler and no network: held by what they may link.
set -euo pipefail
source "$(dirname "$0")/environment.sh"
forbidden='^(tauri|wry|tao|gtk|webkit2gtk|tokio|async-std|smol|reqwest|hyper|ureq|curl|isahc|native-tls|rustls|openssl-probe|tungstenite)(-.*)?$'
for package in recourse recourse-cli; do
  linked=$(cargo tree --quiet --locked -p $package --edges normal,build --prefix none --format '{p}' | cut -d' ' -f1 | sort -u)
  # An empty list would pass for the wrong reason.
  grep -qx rusqlite <<<"$linked" || { echo "$package: the list of dependencies could not be read" >&2; exit 1; }
  if found=$(grep -E "$forbidden" <<<"$linked"); then
    echo "$package must not depend on:" $found >&2
    exit 1
  fi
done
# The shell links no HTTP client either: the app itself opens no connection.
linked=$(cargo tree --quiet --locked -p recourse-desktop --edges normal --prefix none --format '{p}' | cut -d' ' -f1 | sort -u)
if found=$(grep -E '^(reqwest|hyper|ureq|curl|isahc|native-tls|rustls|tungstenite)(-.*)?$' <<<"$linked"); then
  echo "recourse-desktop must not depend on:" $found >&2
  exit 1
fi
