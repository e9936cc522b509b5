#!/usr/bin/env bash
# How fast margin is calculated: one position exactly, many exactly, many on the screen, an account, and a
# cache of results. Where a folder with the scripts numpy_batch.py and decimal_single.py is given, they run in
# turn with ours in the same session, on the tables that lie beside that folder, and the last table sets the
# figures side by side.
# usage: bench/margin.sh [ROUNDS=3] [FOLDER=$PERPKEEL_BASELINES or ../shared/baselines]
# Figures are in millions a second: the best of all rounds, and the median of the rounds' medians, - where a
# script gives none. A lone core is what they mean; on a busy machine neither column is fair.
set -euo pipefail
rounds=${1:-3}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=${2:-${PERPKEEL_BASELINES:-$here/../shared/baselines}}
python=${PERPKEEL_PYTHON:-/usr/bin/python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The file that both scripts read.
brackets=$folder/../vectors/margin/brackets/binance-2026-07-02.json
[ -f "$brackets" ] || { echo "no $brackets: tables are generated"; brackets=; }
has_numpy=no has_decimal=no
if [ -f "$folder/numpy_batch.py" ] && "$python" -c 'import numpy' 2>/dev/null; then has_numpy=yes
else echo "skipped: numpy_batch.py needs $folder and NumPy for $python"; fi
if [ -f "$folder/decimal_single.py" ]; then has_decimal=yes
else echo "skipped: decimal_single.py needs $folder"; fi

project=$here/bench/Perpkeel.Bench
dotnet build "$project" -c Release --nologo -v q >"$work/build" || { cat "$work/build"; exit 1; }
ours() { dotnet "$project/bin/Release/net10.0/Perpkeel.Bench.dll" margin 1000000 9 ${brackets:+"$brackets"}; }

# "name best X M/s median Y M/s spread" or "name best X k/s p50 ..." becomes "name | best | median".
# The second kind has no median.
lines() {
  sed -nE \
    -e 's/^(.*[^ ]) +best +([0-9.]+) M\/s +median +([0-9.]+) M\/s.*/\1'"$1"' | \2 | \3/p' \
    -e 's/^(.*[^ ]) +best +([0-9.]+) k\/s.*/\1 | \2e-3 | -/p'
}

for round in $(seq "$rounds"); do
  echo "round $round, load $(cut -d ' ' -f 1 /proc/loadavg 2>/dev/null || echo unknown)"
  if [ $has_decimal = yes ]; then
    "$python" "$folder/decimal_single.py" 60000 | tee -a "$work/notes" | lines '' >>"$work/all"
  fi
  if [ $has_numpy = yes ]; then
    "$python" "$folder/numpy_batch.py" 1000000 9 | lines ', numpy 1000000 rows' >>"$work/all"
    "$python" "$folder/numpy_batch.py" 10000 9 | lines ', numpy 10000 rows' >>"$work/all"
  fi
  ours | tee -a "$work/notes" >>"$work/all"
done

grep -E '^#|p50' "$work/notes" | sort -u
echo '# grouped: rows are sorted by table and side once, when the screen is made; that is outside the time'
awk -F ' *[|] *' '
  /^#/ || NF != 3 { next }
  !($1 in best) { order[++n] = $1 }
  { if ($2 + 0 > best[$1]) best[$1] = $2 + 0; if ($3 != "-") medians[$1] = medians[$1] " " $3 + 0 }
  function median(list,   v, k, i, j, t) {
    k = split(list, v, " ")
    for (i = 2; i <= k; i++) for (j = i; j > 1 && v[j - 1] + 0 > v[j] + 0; j--) {
      t = v[j]; v[j] = v[j - 1]; v[j - 1] = t
    }
    return v[int((k + 1) / 2)]
  }
  function ratio(ours, theirs) {
    if (!(ours in best) || !(theirs in best)) return
    printf "%-48s %-52s %7.1fx %8s\n", ours, theirs, best[ours] / best[theirs], \
      (ours in medians) && (theirs in medians) \
        ? sprintf("%.1fx", median(medians[ours]) / median(medians[theirs])) : "-"
  }
  END {
    printf "\n%-62s %11s %11s\n", "millions a second", "best", "median"
    for (i = 1; i <= n; i++) {
      printf "%-62s %11.4f %11s\n", order[i], best[order[i]], \
        (order[i] in medians) ? sprintf("%.4f", median(medians[order[i]])) : "-"
    }
    printf "\n%-48s %-52s %8s %8s\n", "ours", "beside", "best", "median"
    ratio("single MM+IM+ratio+LP", "decimal MM+IM+ratio+LP")
    ratio("single MM only", "decimal MM only")
    split("1000000 10000", sizes, " "); split("grouped,any order", orders, ",")
    for (s = 1; s <= 2; s++) for (o = 1; o <= 2; o++) {
      mine = "screen MM+IM+ratio+LP, " orders[o] ", " sizes[s] " rows"
      ratio(mine, "MM+IM+ratio+LP, envelope, numpy " sizes[s] " rows")
      ratio(mine, "MM only, envelope over 12 brackets, numpy " sizes[s] " rows")
    }
    split("100 10000 100000", counts, " ")
    for (s = 1; s <= 3; s++) {
      ratio("calculate, " counts[s] " positions", "cache hit, Dictionary of " counts[s])
      ratio("calculate, " counts[s] " positions", "cache hit, ConcurrentDictionary of " counts[s])
      ratio("calculate, " counts[s] " positions", "cache miss, ConcurrentDictionary of " counts[s])
    }
  }' "$work/all"
