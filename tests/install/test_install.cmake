# Installs into a fresh prefix, builds the consumer against it, runs both programs.
cmake_minimum_required(VERSION 3.25)

function(step)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT code EQUAL 0)
    message(FATAL_ERROR "${ARGN}\nended with ${code}:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK})
step(${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
step(${CMAKE_COMMAND} -S ${CONSUMER} -B ${WORK}/build -G Ninja -DCMAKE_PREFIX_PATH=${WORK}/prefix
  -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_BUILD_TYPE=Release -DEXPECTED_VERSION=${VERSION})
step(${CMAKE_COMMAND} --build ${WORK}/build)
step(${WORK}/build/consumer)
# 20 log10(4 pi d f / c) for 10 km and 1 GHz.
if(NOT output MATCHES "112\\.4478")
  message(FATAL_ERROR "the consumer computed another free-space loss: ${output}")
endif()
step(${WORK}/prefix/bin/amaneku models)
if(NOT output MATCHES "p526")
  message(FATAL_ERROR "the installed program does not list its models: ${output}")
endif()
file(GLOB_RECURSE headers RELATIVE ${WORK}/prefix/include/amaneku ${WORK}/prefix/include/amaneku/*.hpp)
if(NOT "libsim/plan/plan.hpp" IN_LIST headers)
  message(FATAL_ERROR "headers are missing: ${headers}")
endif()
