# cmake --install: the program, its unit, and an example to begin with.
include(GNUInstallDirs)
install(TARGETS rounds RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES systemd/rounds.service DESTINATION lib/systemd/system)
install(FILES systemd/rounds.sysusers DESTINATION lib/sysusers.d RENAME rounds.conf)
install(FILES systemd/rounds.tmpfiles DESTINATION lib/tmpfiles.d RENAME rounds.conf)
install(FILES systemd/rounds.sysctl DESTINATION lib/sysctl.d RENAME 60-rounds.conf)
# To read and to copy: the program carries its own.
install(DIRECTORY config/profiles DESTINATION ${CMAKE_INSTALL_DATADIR}/rounds)
install(DIRECTORY config/examples DESTINATION ${CMAKE_INSTALL_DOCDIR})
