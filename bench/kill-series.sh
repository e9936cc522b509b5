#!/usr/bin/env bash
# Kills runs with SIGKILL at random moments, starts them again, and compares both journals with an undisturbed run.
# usage: bench/kill-series.sh [KILLS=50] [SEED=1] -- ARGUMENTS OF perpkeel run
# e.g.:  bench/kill-series.sh 50 1 -- --replay candles/ --funding funding/
set -euo pipefail
kills=${1:-50}
seed=${2:-1}
shift $(( $# < 2 ? $# : 2 ))
[ "${1:-}" = -- ] && shift
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
RANDOM=$seed

run() { "$here/perpkeel" run --speed max --no-dashboard --json --data "$1" "${@:2}"; }
field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }

"$here/perpkeel" version >/dev/null # builds where needed, before the clock runs
began=$(date +%s%N)
whole=$(run "$folder/whole" "$@" | tail -n 1)
took=$(( ($(date +%s%N) - began) / 1000000 ))
want=$(field journalHash <<<"$whole")/$(field venueHash <<<"$whole")
echo "undisturbed: ${took} ms, $(field journalRecords <<<"$whole") facts, $want"

done_kills=0 finished=0 round=1 bad=0
while [ "$done_kills" -lt "$kills" ]; do
  data=$folder/round-$round
  (exec "$here/perpkeel" run --speed max --no-dashboard --json --data "$data" "$@") >"$folder/out" 2>"$folder/err" &
  pid=$!
  pause=$(( 150 + (RANDOM * 32768 + RANDOM) % took ))
  sleep "$(( pause / 1000 )).$(printf '%03d' $(( pause % 1000 )))"
  if kill -9 "$pid" 2>/dev/null; then
    wait "$pid" 2>/dev/null || true
    done_kills=$((done_kills + 1))
    continue
  fi
  wait "$pid" || { cat "$folder/err"; exit 1; }
  check=$(tail -n 1 "$folder/out")
  got=$(field journalHash <<<"$check")/$(field venueHash <<<"$check")
  late=$(field secondsUnprotected <<<"$check")
  [ "$got" = "$want" ] && [ "$late" = 0 ] || { bad=$((bad + 1)); echo "round $round differs: $got, unprotected $late"; }
  finished=$((finished + 1)) round=$((round + 1))
done
last=$(run "$folder/round-$round" "$@" | tail -n 1)
got=$(field journalHash <<<"$last")/$(field venueHash <<<"$last")
late=$(field secondsUnprotected <<<"$last")
[ "$got" = "$want" ] && [ "$late" = 0 ] || { bad=$((bad + 1)); echo "round $round differs: $got, unprotected $late"; }
"$here/perpkeel" journal verify --data "$folder/round-$round"
echo "$done_kills kills over $((finished + 1)) runs, $bad differ"
[ "$bad" = 0 ]
