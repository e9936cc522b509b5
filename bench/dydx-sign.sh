#!/usr/bin/env bash
# How many orders of dYdX are built and signed a second, with the system's libsecp256k1 and with the platform's
# curve, beside the official JavaScript client where npm can install it. That client is under the AGPL: it is
# run here for comparison, in a folder that is removed, and never shipped.
# usage: bench/dydx-sign.sh [ROUNDS=9] [VERSION=3.6.0]
# Prints "name | best | median" in orders a second, and notes that begin with #.
set -euo pipefail
rounds=${1:-9}
version=${2:-3.6.0}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

project=$here/bench/Perpkeel.Bench
dotnet build "$project" -c Release --nologo -v q >"$work/build" || { cat "$work/build"; exit 1; }
dotnet "$project/bin/Release/net10.0/Perpkeel.Bench.dll" orders "$rounds"

if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
  echo "# skipped: the JavaScript client needs node and npm"
elif ! (cd "$work" && npm install --no-audit --no-fund --ignore-scripts \
  "@dydxprotocol/v4-client-js@$version" >npm.log 2>&1); then
  echo "# skipped: npm has no @dydxprotocol/v4-client-js $version ($(tail -n 1 "$work/npm.log"))"
else
  (cd "$work" && node "$here/bench/dydx-sign.js")
fi
