#!/usr/bin/env bash
# Puts each deliberate bug of bench/deliberate-bugs into a copy of this tree, builds it, and lives through
# seeds until an invariant breaks: which one, and after how many seeds. Ends with a failure when a bug is
# not found. Needs git and the .NET 10 SDK; about a minute a bug.
#
#   bench/deliberate-bugs.sh [most seeds, 20] [hours of a seed, 24] [names that contain this]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
seeds=${1:-20} hours=${2:-24} only=${3:-}
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
git clone -q "$here" "$copy/tree"
cd "$copy/tree"
dotnet restore src/Perpkeel.Cli -v quiet

missed=0
printf '| %-30s | %-24s | %5s |\n|%s|%s|%s|\n' bug 'found by' seeds \
  "$(printf -- '-%.0s' {1..32})" "$(printf -- '-%.0s' {1..26})" '------:'
for patch in "$copy"/tree/bench/deliberate-bugs/*"$only"*.patch; do
  name=$(basename "$patch" .patch)
  git apply "$patch"
  if ! dotnet build src/Perpkeel.Cli --no-restore -v quiet -p:RunAnalyzers=false >"$copy/build.log" 2>&1; then
    cat "$copy/build.log" >&2
    exit 1
  fi

  dotnet src/Perpkeel.Cli/bin/Debug/net10.0/perpkeel.dll simulate --seeds "1..$seeds" --hours "$hours" \
    --until-broken --json >"$copy/report.json" 2>/dev/null || true
  found=$(grep -o '"invariant":"[^"]*"' "$copy/report.json" | head -1 | cut -d'"' -f4) || true
  count=$(grep -o '"seeds":[0-9]*' "$copy/report.json" | head -1 | cut -d: -f2) || true
  if [[ -z $found ]]; then missed=$((missed + 1)); fi
  printf '| %-30s | %-24s | %5s |\n' "$name" "${found:-NOT FOUND}" "${count:-?}"
  git checkout -q .
done
exit $((missed > 0))
