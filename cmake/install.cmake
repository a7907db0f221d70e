# install/export: find_package(amaneku) gives amaneku::terrain ... amaneku::scenarios.
include(CMakePackageConfigHelpers)

install(TARGETS amaneku_terrain amaneku_propagation amaneku_libsim amaneku_scenarios
  EXPORT amanekuTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS amaneku_cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
foreach(layer terrain propagation libsim scenarios)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${layer} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/amaneku
    FILES_MATCHING PATTERN "*.hpp")
endforeach()
install(EXPORT amanekuTargets NAMESPACE amaneku:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/amaneku)
configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/amanekuConfig.cmake.in
  ${PROJECT_BINARY_DIR}/amanekuConfig.cmake INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/amaneku)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/amanekuConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/amanekuConfig.cmake ${PROJECT_BINARY_DIR}/amanekuConfigVersion.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/amaneku)
