#!/usr/bin/env bash
# The check above must see each offence: a small tree with one offence at a time.
set -euo pipefail
check=$(dirname "$0")/check_layers.sh
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree"/{terrain,propagation,libsim/{engine,plan,result},scenarios/cli,python,tests,bench}

expect() { # FILE LINE MESSAGE
  echo "$2" >"$tree/$1"
  if output=$(bash "$check" "$tree"); then
    echo "not noticed: $1: $2"
    exit 1
  fi
  [[ $output == *"$3"*"$1:1:"* ]] || { echo "expected '$3' and $1, got: $output"; exit 1; }
  rm "$tree/$1"
}

bash "$check" "$tree"
expect terrain/a.hpp '#include "propagation/models.hpp"' "terrain includes a layer above it"
expect propagation/a.cpp '#include "scenarios/output/outputs.hpp"' "propagation includes a layer above it"
expect libsim/a.cpp '  #  include "python/bind.hpp"' "libsim includes a layer above it"
expect scenarios/cli/a.cpp '#include "../outputs.hpp"' "relative include"
expect libsim/engine/coverage.cpp '#pragma omp parallel for' "OpenMP outside"
expect libsim/plan/plan.cpp '#include <hdf5.h>' "HDF5 outside"
expect scenarios/a.cpp '#include <ogrsf_frmts.h>' "GDAL outside"
expect propagation/a.hpp '#include "cpl_conv.h"' "GDAL outside"
expect terrain/geo.cpp '#include <proj.h>' "PROJ outside"
expect terrain/geo.cpp '#include <geodesic.h>' "PROJ outside"
expect libsim/a.cpp '#include <CbcModel.hpp>' "a solver outside"
expect scenarios/a.cpp '#include <coin/OsiClpSolverInterface.hpp>' "a solver outside"
echo '#pragma omp parallel for' >"$tree/libsim/parallel.cpp"
echo '#include <hdf5.h>' >"$tree/libsim/result/result_io_read.cpp"
echo '#include <gdal_priv.h>' >"$tree/terrain/gdal_io.cpp"
echo '#include <proj.h>' >"$tree/terrain/crs.cpp"
echo '#include <geodesic.h>' >"$tree/terrain/geodesic.cpp"
bash "$check" "$tree"
