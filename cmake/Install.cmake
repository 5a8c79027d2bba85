# Installation: the program with its man pages and completions, the library with its headers, and a CMake package for other projects.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
install(TARGETS materiel RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(TARGET materiel_mpi)
  install(TARGETS materiel_mpi LIBRARY DESTINATION lib/materiel)  # where the program looks, whatever the libraries' folder is
endif()
# Man pages and completions are written by the program, from its table of commands.
if(NOT MATERIEL_INSTRUMENTED)
  set(share ${PROJECT_BINARY_DIR}/share)
  add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/share.stamp
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${share}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${share}/man/man1 ${share}/bash-completion/completions
            ${share}/zsh/site-functions ${share}/fish/vendor_completions.d
    COMMAND materiel man -o ${share}/man/man1
    COMMAND materiel completion bash > ${share}/bash-completion/completions/materiel
    COMMAND materiel completion zsh > ${share}/zsh/site-functions/_materiel
    COMMAND materiel completion fish > ${share}/fish/vendor_completions.d/materiel.fish
    COMMAND ${CMAKE_COMMAND} -E touch ${PROJECT_BINARY_DIR}/share.stamp
    DEPENDS materiel VERBATIM COMMENT "Writing man pages and completions")
  add_custom_target(materiel_share ALL DEPENDS ${PROJECT_BINARY_DIR}/share.stamp)
  add_dependencies(materiel_program materiel_share)
  install(DIRECTORY ${share}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR})
  install(DIRECTORY ${share}/bash-completion ${share}/zsh ${share}/fish DESTINATION ${CMAKE_INSTALL_DATADIR})
endif()
install(TARGETS materiel_library EXPORT materielTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY include/materiel DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES ${PROJECT_BINARY_DIR}/include/materiel/version.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/materiel)
install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/materiel PATTERN invalid EXCLUDE)
install(EXPORT materielTargets NAMESPACE materiel:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/materiel)
configure_package_config_file(cmake/materielConfig.cmake.in ${PROJECT_BINARY_DIR}/materielConfig.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/materiel)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/materielConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/materielConfig.cmake ${PROJECT_BINARY_DIR}/materielConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/materiel)
