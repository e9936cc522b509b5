#!/usr/bin/env bash
# How many frames of dYdX's order book are taken in a second, beside JsonDocument and beside JavaScript where node
# is installed. The official JavaScript client has no order book; the script does as little as any page must.
# usage: bench/dydx-book.sh [ROUNDS=9]
# Prints "name | best | median" in millions a second, and notes that begin with #.
set -euo pipefail
rounds=${1:-9}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

project=$here/bench/Perpkeel.Bench
dotnet build "$project" -c Release --nologo -v q >"$work/build" || { cat "$work/build"; exit 1; }
bench=$project/bin/Release/net10.0/Perpkeel.Bench.dll
dotnet "$bench" indexer "$rounds"
if ! command -v node >/dev/null; then
  echo "# skipped: the comparison with JavaScript needs node"
else
  dotnet "$bench" indexer 0 "$work/frames"
  node "$here/bench/dydx-book.js" "$work/frames"
fi
