# A folder is a layer is a target: amaneku_layer(NAME LINK ...) makes the library amaneku::NAME of every
# source below the folder (EXCEPT those that are named), with the project's warnings, sanitizers and include roots.

add_library(amaneku_options INTERFACE)
target_compile_features(amaneku_options INTERFACE cxx_std_20)
target_compile_options(amaneku_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wno-missing-field-initializers -ffp-contract=off
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # GCC 12 bug 105651: false alarm on std::string operator+
  $<$<BOOL:${AMANEKU_WERROR}>:-Werror>)
# GCC collects its garbage for a twentieth of the processor time; what it would free is a tenth of its memory.
target_compile_options(amaneku_options INTERFACE
  $<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-heapsize=1000000>)
if(AMANEKU_SANITIZE)
  target_compile_options(amaneku_options INTERFACE
    -fsanitize=${AMANEKU_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(amaneku_options INTERFACE -fsanitize=${AMANEKU_SANITIZE})
endif()

# For what is compiled fast rather than to run fast. GCC 12 bug 105329: false alarms on std::string operator+ at -O1.
add_library(amaneku_quick INTERFACE)
target_compile_options(amaneku_quick INTERFACE $<$<CONFIG:Release>:-O1>
  "$<$<AND:$<CONFIG:Release>,$<CXX_COMPILER_ID:GNU>>:-Wno-array-bounds;-Wno-stringop-overflow>")

# The tests themselves: AddressSanitizer watches what they do; UndefinedBehaviorSanitizer what they call, for it
# doubles the time that the compiler takes.
add_library(amaneku_test_options INTERFACE)
target_link_libraries(amaneku_test_options INTERFACE amaneku_quick)
if(AMANEKU_SANITIZE MATCHES undefined)
  target_compile_options(amaneku_test_options INTERFACE -fno-sanitize=undefined)
endif()
# Tests that compute little of their own. The options of what is linked come in that order, and the last -O counts.
add_library(amaneku_unit_test_options INTERFACE)
target_compile_options(amaneku_unit_test_options INTERFACE -O0)

# GCC with sanitizers takes a std::variant that is moved, and the inside of std::regex, for one that was never set.
if(AMANEKU_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(amaneku_variant_alarms -Wno-maybe-uninitialized)
  target_compile_options(amaneku_quick INTERFACE ${amaneku_variant_alarms})
  target_compile_options(amaneku_options INTERFACE -Wno-maybe-uninitialized)
endif()

# A source that is compiled once per SIMD target has functions of thousands of inlined registers; watching each on the
# stack takes the compiler minutes. Memory behind pointers stays watched.
function(amaneku_spare_stack_checks)
  if(NOT AMANEKU_SANITIZE MATCHES address OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    return()
  endif()
  foreach(source IN LISTS ARGN)
    file(STRINGS ${source} per_target REGEX "hwy/foreach_target.h|-inl.hpp" LIMIT_COUNT 1)
    if(per_target)
      set_property(SOURCE ${source} APPEND PROPERTY COMPILE_OPTIONS
        -fno-sanitize-address-use-after-scope --param=asan-stack=0)
    endif()
  endforeach()
endfunction()

# GCC 12 at -O0 keeps the wide registers of functions of a SIMD target in memory that is not aligned for them: they crash.
function(amaneku_optimise_lanes)
  foreach(source IN LISTS ARGN)
    file(STRINGS ${source} per_target REGEX "hwy/foreach_target.h|-inl.hpp" LIMIT_COUNT 1)
    if(per_target)
      set_property(SOURCE ${source} APPEND PROPERTY COMPILE_OPTIONS -O1)
      set_property(SOURCE ${source} PROPERTY SKIP_PRECOMPILE_HEADERS ON)
    endif()
  endforeach()
endfunction()

# amaneku_unity(TARGET SOURCE...): compiles the sources of a room six at a time, so that headers are read once for them.
# Stays out of it: what has options of its own, and what is compiled once per SIMD target.
function(amaneku_unity target)
  if(NOT AMANEKU_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  # The private part of a class may hold types of its source: the alarm is about headers.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  foreach(source IN LISTS ARGN)
    cmake_path(RELATIVE_PATH source BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} OUTPUT_VARIABLE below)
    string(REGEX REPLACE "/.*|[^/]*\\.cpp$" "" room ${below})
    file(STRINGS ${source} per_target REGEX "hwy/foreach_target.h|-inl.hpp" LIMIT_COUNT 1)
    if(per_target)
      set_property(SOURCE ${source} PROPERTY SKIP_UNITY_BUILD_INCLUSION ON)
    else()
      math(EXPR members_${room} "0${members_${room}} + 1")
      math(EXPR slice "(${members_${room}} - 1) / 6")
      set_property(SOURCE ${source} PROPERTY UNITY_GROUP "${room}_${slice}")
    endif()
  endforeach()
endfunction()

function(amaneku_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "PUBLIC;PRIVATE;EXCEPT")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/cli/[^/]*\\.cpp$")
  if(ARG_EXCEPT)
    list(REMOVE_ITEM sources ${ARG_EXCEPT})
  endif()
  amaneku_spare_stack_checks(${sources})
  add_library(amaneku_${name} STATIC ${sources})
  add_library(amaneku::${name} ALIAS amaneku_${name})
  amaneku_unity(amaneku_${name} ${sources})
  set_target_properties(amaneku_${name} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(amaneku_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/amaneku>)
  target_link_libraries(amaneku_${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE} $<BUILD_INTERFACE:amaneku_options>)
  target_compile_features(amaneku_${name} PUBLIC cxx_std_20)
endfunction()
