#!/usr/bin/env bash
# check_layers.sh ROOT: includes point downwards, third-party headers stay in their one home, one OpenMP pragma.
set -uo pipefail
cd "$1" || exit 2
layers=(terrain propagation libsim scenarios python)
failed=0

# forbid REASON PATTERN GREP-ARGUMENTS...: no line matches.
forbid() {
  local reason=$1 pattern=$2 found
  shift 2
  found=$(grep -rnE --include='*.[ch]pp' --include='*.cpp.in' "$pattern" "$@" 2>/dev/null) || return 0
  printf '%s:\n%s\n' "$reason" "$found"
  failed=1
}

for ((i = 0; i < ${#layers[@]}; ++i)); do
  above=$(IFS='|'; echo "${layers[*]:i+1}")
  [[ -z $above ]] || forbid "${layers[i]} includes a layer above it" "^ *# *include \"($above)/" "${layers[i]}"
done
forbid "relative include: name the layer" '^ *# *include "\.\.?/' "${layers[@]}" tests bench
forbid "OpenMP outside libsim/parallel.cpp" '^ *# *pragma omp|<omp\.h>' --exclude=parallel.cpp "${layers[@]}"
forbid "HDF5 outside libsim/result/" '^ *# *include [<"](hdf5|H5)' --exclude-dir=result "${layers[@]}"
forbid "GDAL outside terrain/" '^ *# *include [<"](gdal|ogr|cpl_)' propagation libsim scenarios python
forbid "PROJ outside terrain/crs.cpp and geodesic.cpp" '^ *# *include [<"](proj\.h|proj/|geodesic\.h)' \
  --exclude=crs.cpp --exclude=geodesic.cpp "${layers[@]}"
forbid "a solver outside libsim/selection/milp_cbc.cpp" '^ *# *include [<"]((coin/)?(Cbc|Clp|Cgl|Coin|Osi)|Highs)' \
  --exclude=milp_cbc.cpp "${layers[@]}"
exit $failed
