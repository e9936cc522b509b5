#!/usr/bin/env bash
# How many small faults, put one at a time into sizing, order state, bracket, gate and entry plans, the tests of the
# core notice. Prints a table by file, then the faults that nobody noticed; docs/mutation.md says why they may stay.
# usage: bench/mutation.sh [FILE ...]    e.g. Risk/RiskGate.cs; all that stryker-config.json names where none is given
# The exit code is not 0 below 85 %. Figures are the same on every machine; how long it takes is not.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

files=()
for file in "$@"; do files+=(--mutate "$file"); done
cd "$here"
dotnet tool restore >"$work/log" || { cat "$work/log"; exit 1; }
cd "$here/tests/Perpkeel.Core.Tests"
code=0
dotnet stryker --skip-version-check --output "$work" ${files[@]+"${files[@]}"} >"$work/log" 2>&1 || code=$?
reports=$work/reports
[ -f "$reports/mutation-report.json" ] || { tail -n 40 "$work/log"; exit 1; }

awk -F ' *[|] *' '
  function row(name, noticed, faults, missed, unbuilt) {
    printf "| %s | %d | %d | %d | %.1f | %d |\n", name, faults, noticed, missed, 100 * noticed / faults, unbuilt
  }
  BEGIN {
    print "| File | Faults | Noticed | Not noticed | % | Not built |"
    print "|---|--:|--:|--:|--:|--:|"
  }
  $2 !~ /[.]cs$/ || $11 + $12 == 0 { next }
  {
    gsub(/\\/, "", $2)
    row($2, $11, $11 + $12, $12, $9)
    noticed += $11; missed += $12; unbuilt += $9
  }
  END { if (noticed + missed) row("**All**", noticed, noticed + missed, missed, unbuilt) }
' "$reports/mutation-report.md"

# The report is one line; within its texts quotes and angle brackets are written as \uXXXX.
grep -oE -e '"/[^"]+[.]cs":[{]' \
  -e '"replacement":"[^"]*","location":[{]"start":[{]"line":[0-9]+,[^}]*[}],"end":[{][^}]*[}][}],"status":"[A-Za-z]+"' \
  "$reports/mutation-report.json" \
  | sed -E -e 's/\\u003E/>/g; s/\\u003C/</g; s/\\u0026/\&/g; s/\\u0022/"/g; s/\\r?\\?n? +/ /g' \
    -e 's#^"/.*/src/Perpkeel[.]Core/(.*)":[{]$#\1#' \
    -e 's/^"replacement":"(.*)","location":[{]"start":[{]"line":([0-9]+),.*"status":"([A-Za-z]+)"$/ \2 \3 \1/' \
  | awk '
    /^[^ ]/ { file = $0; next }
    $2 == "Survived" || $2 == "NoCoverage" {
      if (!any++) print "\nNot noticed, by what stood there instead:"
      line = $1; sub(/^ [0-9]+ [A-Za-z]+ /, ""); printf "%s:%s  %s\n", file, line, $0
    }'
printf '\n%s seconds\n' "$SECONDS"
exit "$code"
