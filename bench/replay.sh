#!/usr/bin/env bash
# How fast a recording is replayed as a whole process: loading, checking, trading and both journals included.
# usage: bench/replay.sh [RUNS=5] -- ARGUMENTS OF perpkeel run
# e.g.:  bench/replay.sh 5 -- --replay candles/ --funding funding/
# Prints each run, then the median of rows and events a second and of the peak memory.
set -euo pipefail
runs=${1:-5}
shift $(( $# < 1 ? $# : 1 ))
[ "${1:-}" = -- ] && shift
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }
median() { sort -n | awk '{ line[NR] = $1 } END { print line[int((NR + 1) / 2)] }'; }

"$here/perpkeel" version >/dev/null
for i in $(seq "$runs"); do
  line=$("$here/perpkeel" run --speed max --no-dashboard --json --data "$folder/$i" "$@" | tail -n 1)
  rows=$(field rows <<<"$line") seconds=$(field elapsedSeconds <<<"$line")
  awk -v r="$rows" -v s="$seconds" 'BEGIN { printf "%d\n", r / s }' >>"$folder/rows"
  field eventsPerSecond <<<"$line" >>"$folder/events"
  field peakMemoryBytes <<<"$line" >>"$folder/memory"
  echo "run $i: $rows rows in $seconds s, $(field orders <<<"$line") orders, $(field journalHash <<<"$line")"
  rm -rf "${folder:?}/$i"
done
echo "median: $(median <"$folder/rows") rows/s, $(median <"$folder/events") events/s," \
  "$(( $(median <"$folder/memory") >> 20 )) MiB"
