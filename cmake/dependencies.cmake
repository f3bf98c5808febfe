# Every library Rounds stands on, all from Debian 12. Each has one home: see docs/decisions/0002.
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)          # core: boost::system::result · ports: Asio
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)              # daemon
find_package(SQLite3 REQUIRED)             # daemon/store
find_package(yaml-cpp REQUIRED)            # tests/simulator
find_package(date REQUIRED)                # config: the system's time zones
find_package(nlohmann_json REQUIRED)       # reports, daemon/store, daemon: JSON
find_package(CLI11 REQUIRED)               # daemon: the command line
find_package(OpenSSL REQUIRED)              # daemon/hooks: signatures
find_package(CURL REQUIRED)                 # daemon/hooks
find_package(PkgConfig REQUIRED)
pkg_check_modules(yaml REQUIRED IMPORTED_TARGET yaml-0.1)       # config
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)         # daemon/store: columns of samples
pkg_check_modules(netsnmp REQUIRED IMPORTED_TARGET netsnmp)     # probes/snmp
pkg_check_modules(systemd REQUIRED IMPORTED_TARGET libsystemd)  # daemon/system: sd_notify

# Asio is compiled once, in ports/asio.cpp: an Asio unit then takes half the time.
add_library(rounds_asio INTERFACE)
target_link_libraries(rounds_asio INTERFACE Boost::headers Threads::Threads)
target_compile_definitions(rounds_asio INTERFACE BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
# g++ 12 takes the coroutine frames that Asio recycles for memory freed by the wrong hand.
target_compile_options(rounds_asio INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-mismatched-new-delete>)
if(ROUNDS_SANITIZE STREQUAL "thread")
    # ThreadSanitizer does not know fences.
    target_compile_definitions(rounds_asio INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
endif()
