#!/usr/bin/env bash
# fuzz.sh PROGRAMS SECONDS [NAME...]: each fuzzer for so long, from its corpus; what it finds lies in build/fuzz/found.
set -uo pipefail
programs=$1
seconds=$2
shift 2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
failed=0
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=0
printf '| reader | inputs | s | coverage (edges) | found |\n|---|---|---|---|---|\n'
for program in "$programs"/fuzz_*; do
  name=$(basename "$program")
  name=${name#fuzz_}
  [[ $# -eq 0 || " $* " == *" $name "* ]] || continue
  found=$programs/../found/$name
  grown=$programs/../corpus/$name
  mkdir -p "$found" "$grown"
  "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="$found/" "$grown" "$here/corpus/$name" >"$found/log" 2>&1
  status=$?
  ((status == 0)) || failed=1
  inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$found/log")
  edges=$(grep -o 'cov: [0-9]*' "$found/log" | tail -n 1 | cut -d' ' -f2)
  printf '| %s | %s | %s | %s | %s |\n' "$name" "${inputs:-0}" "$seconds" "${edges:-?}" \
    "$( ((status == 0)) && echo nothing || find "$found" -type f ! -name log -printf '%f ')"
done
exit $failed
