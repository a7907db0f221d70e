#!/usr/bin/env bash
# check_rooms.sh ROOT: a room (a folder of a layer) uses the rooms below it only, every folder is a room, and no file
# lies where no room is. The rooms of a layer from the lowest to the highest; "." is the layer's own folder.
set -uo pipefail
cd "$1" || exit 2

rooms_of() {
  case $1 in
    terrain) echo ". files raster vector people routes" ;;
    libsim) echo ". radio latency input engine maps count visibility load routes mobility economics selection backhaul studies plan result" ;;
    scenarios) echo "schema catalogue report tables studies read output ask serve demo cli" ;;
  esac
}
# Folders without code.
is_data() { [[ $1 == gallery || $1 == fuji || $1 == wakayama ]]; }

failed=0
complain() {
  echo "$*"
  failed=1
}

for layer in terrain libsim scenarios; do
  declare -A rank=()
  n=0
  for room in $(rooms_of "$layer"); do rank[$room]=$((n++)); done
  while IFS= read -r file; do
    [[ -n $file ]] || continue
    inside=${file#"$layer"/}
    room=.
    [[ $inside != */* ]] || room=${inside%%/*}
    is_data "$room" && continue
    if [[ -z ${rank[$room]:-} ]]; then
      complain "$file: $layer has no room for it"
      continue
    fi
    # No <( ): that wants /proc, which a bare chroot has not. Of nothing, a here-string is one empty line.
    while IFS=: read -r line include; do
      [[ -n $include ]] || continue
      target=${include#*\"}
      target=${target%\"*}
      to=.
      target=${target#"$layer"/}
      [[ $target != */* ]] || to=${target%%/*}
      if [[ -z ${rank[$to]:-} ]]; then
        complain "$file:$line: $layer has no room $to"
      elif ((rank[$to] > rank[$room])); then
        complain "$file:$line: the room $room uses $to, which is above it"
      fi
    done <<<"$(grep -nE "^ *# *include \"$layer/" "$file")"
  done <<<"$(find "$layer" -type f \( -name '*.[ch]pp' -o -name '*.cpp.in' \) | sort)"
done
exit $failed
