#!/usr/bin/env bash
# Runs one seed twice, the second time beside two busy loops, and compares the journals' hashes: what a run does
# must depend on its seed alone, never on how fast the machine is at the moment.
#
#   eng/same-seed.sh [COMMAND]        COMMAND is ./perpkeel unless told otherwise
set -euo pipefail

command=${1:-./perpkeel}
seed=${PERPKEEL_SEED:-7}
duration=${PERPKEEL_SAME_SEED_DURATION:-30m}
folder=$(mktemp -d)
busy=()

clean_up() {
  if ((${#busy[@]} > 0)); then
    kill "${busy[@]}" 2>/dev/null || true
    wait "${busy[@]}" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap clean_up EXIT

# Runs the seed in a folder of its own and prints the last line's hash.
hash_of() {
  local name=$1 last hash
  "$command" run --speed max --duration "$duration" --seed "$seed" --no-dashboard --json \
    --data "$folder/$name" >"$folder/$name.out" || {
    echo "same seed: the $name run failed:" >&2
    tail -n 20 "$folder/$name.out" >&2
    return 1
  }
  last=$(grep -v '^[[:space:]]*$' "$folder/$name.out" | tail -n 1)
  hash=$(sed -n 's/.*"journalHash"[[:space:]]*:[[:space:]]*"\([0-9a-fA-F]\{64\}\)".*/\1/p' <<<"$last")
  if [[ -z $hash ]]; then
    echo "same seed: the $name run's last line has no journalHash: $last" >&2
    return 1
  fi
  echo "$hash"
}

alone=$(hash_of alone)

for _ in 1 2; do
  (while :; do :; done) &
  busy+=("$!")
done
beside=$(hash_of beside)

echo "same seed: $seed for $duration, alone        $alone"
echo "same seed: $seed for $duration, beside load  $beside"
if [[ $alone != "$beside" ]]; then
  echo "same seed: the journals differ." >&2
  exit 1
fi
if [[ $alone =~ ^0+$ ]]; then
  echo "same seed: nothing was journaled." >&2
  exit 1
fi
