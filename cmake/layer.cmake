# A folder is a layer is a target: amaneku_layer(NAME LINK ...) makes the library amaneku::NAME of every
# source below the folder, with the project's warnings, sanitizers and include roots.

add_library(amaneku_options INTERFACE)
target_compile_features(amaneku_options INTERFACE cxx_std_20)
target_compile_options(amaneku_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wno-missing-field-initializers -ffp-contract=off
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # GCC 12 bug 105651: false alarm on std::string operator+
  $<$<BOOL:${AMANEKU_WERROR}>:-Werror>)
if(AMANEKU_SANITIZE)
  target_compile_options(amaneku_options INTERFACE
    -fsanitize=${AMANEKU_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(amaneku_options INTERFACE -fsanitize=${AMANEKU_SANITIZE})
endif()

# For what is compiled fast rather than to run fast. GCC 12 bug 105329: false alarms on std::string operator+ at -O1.
add_library(amaneku_quick INTERFACE)
target_compile_options(amaneku_quick INTERFACE $<$<CONFIG:Release>:-O1>
  "$<$<AND:$<CONFIG:Release>,$<CXX_COMPILER_ID:GNU>>:-Wno-array-bounds;-Wno-stringop-overflow>")

# GCC with sanitizers takes a std::variant that is moved for one that was never set.
if(AMANEKU_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(amaneku_variant_alarms -Wno-maybe-uninitialized)
  target_compile_options(amaneku_quick INTERFACE ${amaneku_variant_alarms})
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

function(amaneku_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "PUBLIC;PRIVATE")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  list(FILTER sources EXCLUDE REGEX "/cli/[^/]*\\.cpp$")
  amaneku_spare_stack_checks(${sources})
  add_library(amaneku_${name} STATIC ${sources})
  add_library(amaneku::${name} ALIAS amaneku_${name})
  set_target_properties(amaneku_${name} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(amaneku_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/amaneku>)
  target_link_libraries(amaneku_${name} PUBLIC ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE} $<BUILD_INTERFACE:amaneku_options>)
  target_compile_features(amaneku_${name} PUBLIC cxx_std_20)
endfunction()
