# How everything is compiled: C++20 without extensions, warnings as errors, sanitizers by preset.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()

set(ROUNDS_SANITIZE "" CACHE STRING "Sanitizers to build with: address,undefined or thread")
set(ROUNDS_WARNINGS -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor
                    -Woverloaded-virtual -Wswitch -Wformat=2
                    # A designated initializer that leaves members at their defaults is our style.
                    -Wno-missing-field-initializers
                    # g++ 12 takes an empty std::optional for an uninitialized one when it optimizes.
                    -Wno-maybe-uninitialized)

# Debian's g++ is the compiler of record; clang builds the fuzzers and may warn of other things.
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    list(APPEND ROUNDS_WARNINGS -Werror)
endif()
option(ROUNDS_FUZZ "Build the fuzzers of tests/fuzz (clang)" OFF)
if(ROUNDS_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(ROUNDS_SANITIZE)
    add_compile_options(-fsanitize=${ROUNDS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    if(ROUNDS_SANITIZE MATCHES undefined AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
        # These look at every access, most of which AddressSanitizer looks at too, and take a third of g++'s build;
        # the fuzzers, which clang builds, have them.
        add_compile_options(-fno-sanitize=null,vptr,alignment,object-size,nonnull-attribute,returns-nonnull-attribute)
    endif()
    add_link_options(-fsanitize=${ROUNDS_SANITIZE})
else()
    add_compile_definitions($<$<CONFIG:RelWithDebInfo>:_FORTIFY_SOURCE=2>)
endif()
add_compile_options(-fstack-protector-strong)

find_program(CCACHE ccache)
if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
