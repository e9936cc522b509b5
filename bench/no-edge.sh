#!/usr/bin/env bash
# Runs the strategy on many seeds of the synthetic market, which has no edge built in, and prints what it earned:
# the mean over the seeds with its standard error, after fees and before them.
# usage: bench/no-edge.sh [SEEDS=30] [DURATION=24h] -- ARGUMENTS OF perpkeel run
set -euo pipefail
seeds=${1:-30}
duration=${2:-24h}
shift $(( $# < 2 ? $# : 2 ))
[ "${1:-}" = -- ] && shift
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }

"$here/perpkeel" version >/dev/null
for seed in $(seq "$seeds"); do
  line=$("$here/perpkeel" run --seed "$seed" --speed max --duration "$duration" --json \
    --data "$folder/$seed" "$@" | tail -n 1)
  echo "$(field equity <<<"$line") $(field fees <<<"$line") $(field fills <<<"$line")"
  rm -rf "${folder:?}/$seed"
done | awk '
  { net = $1 - 10000; gross = net + $2; fills += $3
    n++; a += net; aa += net * net; b += gross; bb += gross * gross }
  END {
    printf "%d seeds, %d fills\n", n, fills
    printf "after fees:  %9.2f USD a seed, standard error %.2f\n", a / n, sqrt((aa / n - (a / n) ^ 2) / (n - 1))
    printf "before fees: %9.2f USD a seed, standard error %.2f\n", b / n, sqrt((bb / n - (b / n) ^ 2) / (n - 1))
  }'
