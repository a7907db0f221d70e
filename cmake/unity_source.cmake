# cmake -DOUTPUT=FILE -DSOURCES=A|B -P unity_source.cmake: writes a source that is the sources A and B, each in a namespace
# of its own, for tests name their helpers alike. What they include is included before, outside of those namespaces;
# include guards keep it out of them.
string(REPLACE "|" ";" sources "${SOURCES}")
set(includes "")
set(text "")
foreach(source IN LISTS sources)
  file(STRINGS ${source} lines REGEX "^#include")
  list(APPEND includes ${lines})
  get_filename_component(name ${source} NAME_WE)
  string(APPEND text "namespace of_${name} {\n#include \"${source}\"\n}  // namespace of_${name}\n")
endforeach()
list(REMOVE_DUPLICATES includes)
list(JOIN includes "\n" includes)
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT "${includes}\n${text}" @ONLY)
