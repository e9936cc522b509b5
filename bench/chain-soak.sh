#!/usr/bin/env bash
# A million random orders through the whole chain in two processes: everything adds up after every block, and both
# have one history.
# usage: bench/chain-soak.sh [ORDERS=1000000] [SEED=1]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dotnet build "$here/Perpkeel.Bench" -c Release --nologo -v q >/dev/null
bench=$here/Perpkeel.Bench/bin/Release/net10.0/Perpkeel.Bench
one=$("$bench" soak "${1:-1000000}" "${2:-1}")
echo "$one"
two=$("$bench" soak "${1:-1000000}" "${2:-1}" | tail -n 1)
[ "$(tail -n 1 <<<"$one")" = "$two" ] || { echo "the second process differs: $two" >&2; exit 1; }
echo "the second process has the same history"
