# A source distribution has no .git; its revision lies in the file REVISION (python/backend).
# Sets AMANEKU_GIT_REVISION, and configures anew after each commit. A source archive unpacked inside
# somebody else's repository must not take that repository's revision, hence the comparison of folders.
set(AMANEKU_GIT_REVISION unknown)
if(EXISTS ${PROJECT_SOURCE_DIR}/REVISION)
  file(STRINGS ${PROJECT_SOURCE_DIR}/REVISION revision_lines)
  if("${revision_lines}" MATCHES "^[A-Za-z0-9._-]+$")
    set(AMANEKU_GIT_REVISION ${revision_lines})
  endif()
endif()
find_package(Git QUIET)
if(GIT_FOUND)
  execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse --show-toplevel WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    OUTPUT_VARIABLE git_top OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE git_failed)
  file(REAL_PATH ${PROJECT_SOURCE_DIR} source_top)
  if(NOT git_failed AND git_top STREQUAL source_top)
    execute_process(COMMAND ${GIT_EXECUTABLE} describe --always --dirty --abbrev=12 --match "v[0-9]*"
      WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE git_revision OUTPUT_STRIP_TRAILING_WHITESPACE
      ERROR_QUIET RESULT_VARIABLE git_failed)
    if(NOT git_failed AND git_revision MATCHES "^[A-Za-z0-9._-]+$")
      set(AMANEKU_GIT_REVISION ${git_revision})
    endif()
    execute_process(COMMAND ${GIT_EXECUTABLE} rev-parse --git-path logs/HEAD
      WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE git_log OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    cmake_path(ABSOLUTE_PATH git_log BASE_DIRECTORY ${PROJECT_SOURCE_DIR})
    if(EXISTS ${git_log})
      set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${git_log})
    endif()
  endif()
endif()
