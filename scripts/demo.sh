#!/usr/bin/env bash
# The main job in the terminal, on the demo statement: import, flags, case, call. Its vault is gone afterwards.
set -euo pipefail
source "$(dirname "$0")/environment.sh"
cat >&2 <<'TEXT'
There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.
Here is the same job in the terminal instead, on the demo statement, in a vault of its own that is deleted afterwards.
这里没有图形界面，无法打开窗口；以下在终端中用演示账单完成同一流程，所用保险库随后删除。
TEXT
cargo build --quiet -p recourse-cli
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
RECOURSE_PASSPHRASE=$(head -c 24 /dev/urandom | base64)
export RECOURSE_PASSPHRASE

recourse() { "$built/debug/recourse" --vault "$folder/vault" "$@"; }
step() { printf '\n── %s\n\n' "$*"; }
# The first id in an answer, be it a text or a number.
first_id() { sed -nE '1,/"id"/s/.*"id": *"?([^",}]+)"?.*/\1/p' | head -n 1; }

step "a new vault · 新建保险库"
recourse vault create
step "import the statement · 导入账单"
recourse import assets/demo/alipay-demo.csv
step "what is worth a look · 疑点"
recourse flags
flag=$(recourse --json flags | first_id)
if [ -z "$flag" ]; then
  echo "the demo statement shows no flag: that is a defect" >&2
  exit 1
fi
step "a case from the first flag · 立案"
case=$(recourse --json case open --flag "$flag" | first_id)
recourse case brief "$case"
step "whom to call · 拨打方案"
recourse call "$case"
