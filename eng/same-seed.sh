#!/usr/bin/env bash
# Runs one seed twice, the second time beside two busy loops, and compares the hashes of the journal and of the
# chain's history: what a run does must depend on its seed alone, never on how fast the machine is at the moment.
# Then the same with every fault of the venue, and with a simulation of the whole system.
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

# Runs the seed in a folder of its own and prints the last line's hashes.
hash_of() {
  local name=$1 last hash
  shift
  "$command" run --speed max --duration "$duration" --seed "$seed" --no-dashboard --json "$@" \
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
  echo "$hash $(sed -n 's/.*"chainHash"[[:space:]]*:[[:space:]]*"\([0-9a-f]\{16\}\)".*/\1/p' <<<"$last")"
}

# Lives through some hours of the whole system and prints the hash of everything that happened.
simulated() {
  local hash
  hash=$("$command" simulate --seed "$seed" --hours 3 --json | sed -n 's/.*"hash":"\([0-9a-f]\{64\}\)".*/\1/p')
  if [[ -z $hash ]]; then
    echo "same seed: the simulation told no hash, or was broken." >&2
    return 1
  fi
  echo "$hash"
}

alone=$(hash_of alone)
faulty=$(hash_of faulty --fault all)
system=$(simulated)

for _ in 1 2; do
  (while :; do :; done) &
  busy+=("$!")
done
beside=$(hash_of beside)
faulty_beside=$(hash_of faulty-beside --fault all)
system_beside=$(simulated)

echo "same seed: $seed for $duration, journal and chain"
echo "  alone                      $alone"
echo "  beside load                $beside"
echo "  all faults, alone          $faulty"
echo "  all faults, beside load    $faulty_beside"
echo "  whole system, alone        $system"
echo "  whole system, beside load  $system_beside"
if [[ $alone != "$beside" || $faulty != "$faulty_beside" || $system != "$system_beside" ]]; then
  echo "same seed: the histories differ." >&2
  exit 1
fi
if [[ $alone =~ ^0+\  || $alone == "$faulty" ]]; then
  echo "same seed: nothing was journaled, or no fault happened." >&2
  exit 1
fi
