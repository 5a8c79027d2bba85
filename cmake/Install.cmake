# Installation: the program, the libraries with their headers, and a CMake package for other projects.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
get_property(layers GLOBAL PROPERTY MATERIEL_LAYERS)
list(TRANSFORM layers PREPEND materiel_ OUTPUT_VARIABLE targets)
install(TARGETS materiel RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(TARGET materiel_mpi)
  install(TARGETS materiel_mpi LIBRARY DESTINATION lib/materiel)  # where the program looks, whatever the libraries' folder is
endif()
install(TARGETS ${targets} EXPORT materielTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/materiel DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/materiel PATTERN invalid EXCLUDE)
install(EXPORT materielTargets NAMESPACE materiel:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/materiel)
configure_package_config_file(cmake/materielConfig.cmake.in ${PROJECT_BINARY_DIR}/materielConfig.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/materiel)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/materielConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/materielConfig.cmake ${PROJECT_BINARY_DIR}/materielConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/materiel)
