# The map page of `amaneku serve`, by npm into PROJECT_BINARY_DIR/web/dist, where the program looks for it. Without it
# the program has the interface alone (docs/serve.md). AUTO: where npm is there, and not in a wheel; what npm cannot
# fetch is then no failure of the build.
set(AMANEKU_WEB AUTO CACHE STRING "Build the map page: AUTO (where npm is there), ON, OFF")
set_property(CACHE AMANEKU_WEB PROPERTY STRINGS AUTO ON OFF)
if(AMANEKU_WEB STREQUAL OFF OR NOT IS_DIRECTORY ${PROJECT_SOURCE_DIR}/web)
  return()
endif()
if(AMANEKU_WEB STREQUAL AUTO AND DEFINED SKBUILD)
  return()
endif()
find_program(NPM_PROGRAM npm)
mark_as_advanced(NPM_PROGRAM)
if(NOT NPM_PROGRAM)
  if(AMANEKU_WEB STREQUAL AUTO)
    message(STATUS "The map page is not built: npm is not there")
    return()
  endif()
  message(FATAL_ERROR "AMANEKU_WEB is ON, and npm is not there. On Debian: apt-get install --no-install-recommends npm")
endif()

file(GLOB_RECURSE amaneku_web_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/src/*)
list(APPEND amaneku_web_sources ${PROJECT_SOURCE_DIR}/web/index.html ${PROJECT_SOURCE_DIR}/web/vite.config.ts
  ${PROJECT_SOURCE_DIR}/web/tsconfig.json)
set(amaneku_web_required OFF)
if(AMANEKU_WEB STREQUAL ON)
  set(amaneku_web_required ON)
endif()
add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/web/built.stamp
  COMMAND ${CMAKE_COMMAND} -DNPM=${NPM_PROGRAM} -DSOURCE=${PROJECT_SOURCE_DIR}/web -DOUT=${PROJECT_BINARY_DIR}/web
    -DREQUIRED=${amaneku_web_required} -P ${PROJECT_SOURCE_DIR}/cmake/build_web.cmake
  DEPENDS ${amaneku_web_sources} ${PROJECT_SOURCE_DIR}/web/package-lock.json ${PROJECT_SOURCE_DIR}/cmake/build_web.cmake
  COMMENT "Building the map page" VERBATIM)
add_custom_target(amaneku_web ALL DEPENDS ${PROJECT_BINARY_DIR}/web/built.stamp)
install(DIRECTORY ${PROJECT_BINARY_DIR}/web/dist/ DESTINATION ${CMAKE_INSTALL_DATADIR}/amaneku/web OPTIONAL)
