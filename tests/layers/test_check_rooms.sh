#!/usr/bin/env bash
# The check of the rooms must see each offence: a small tree with one offence at a time.
set -euo pipefail
check=$(dirname "$0")/check_rooms.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree"/terrain/{raster,files,cellar} "$tree"/libsim/{engine,maps,studies/targets,plan} "$tree"/scenarios/{schema,studies/toy,read}

expect() { # FILE LINE MESSAGE
  echo "$2" >"$tree/$1"
  if output=$(bash "$check" "$tree"); then
    echo "not noticed: $1: $2"
    exit 1
  fi
  [[ $output == *"$1"*"$3"* ]] || { echo "expected '$3' and $1, got: $output"; exit 1; }
  rm "$tree/$1"
}

bash "$check" "$tree"
expect terrain/files/a.hpp '#include "terrain/raster/raster.hpp"' "the room files uses raster, which is above it"
expect terrain/a.cpp '#include "terrain/files/text_file.hpp"' "the room . uses files, which is above it"
expect libsim/maps/a.cpp '  #  include "libsim/plan/plan.hpp"' "the room maps uses plan, which is above it"
expect libsim/studies/targets/a.hpp '#include "libsim/plan/plan.hpp"' "the room studies uses plan"
expect scenarios/studies/toy/a.hpp '#include "scenarios/read/scenario.hpp"' "the room studies uses read"
expect terrain/cellar/a.hpp '// a file' "terrain has no room for it"
expect scenarios/a.cpp '// a file' "scenarios has no room for it"
expect libsim/maps/b.cpp '#include "libsim/attic/a.hpp"' "libsim has no room attic"
echo '#include "libsim/engine/coverage.hpp"' >"$tree/libsim/maps/radio.hpp"
echo '#include "libsim/maps/radio.hpp"' >"$tree/libsim/studies/targets/target.cpp"
bash "$check" "$tree"
