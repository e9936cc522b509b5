#!/usr/bin/env bash
# Seconds of the wall clock from the start of "perpkeel run" to the first paper fill, at its default speed.
# usage: bench/first-fill.sh [RUNS=3]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

"$here/perpkeel" version >/dev/null
for i in $(seq "${1:-3}"); do
  began=$(date +%s%N)
  (exec "$here/perpkeel" run --no-dashboard --data "$folder/$i") >"$folder/out" 2>&1 &
  pid=$!
  for _ in $(seq 600); do
    grep -q ' filled ' "$folder/out" && break
    sleep 0.05
  done
  took=$(( ($(date +%s%N) - began) / 1000000 ))
  kill -TERM "$pid" && wait "$pid" || true
  echo "run $i: first fill after ${took} ms: $(grep -m 1 ' filled ' "$folder/out")"
done
