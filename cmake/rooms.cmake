# One folder, one library. A room is one line: its name, the rooms its headers use, the libraries
# it keeps to itself.

# rounds_room(NAME [FOLDER dir] ON rooms… [PUBLIC_LIBRARIES libs…] [PRIVATE libs…]
#             [SOURCES generated…] [WITH further folders…] [EXCEPT files…])
# All .hpp and .cpp of the folder (and of the folders below it, for a room without WITH) belong to it.
function(rounds_room name)
    cmake_parse_arguments(ROOM "" "FOLDER" "ON;PUBLIC_LIBRARIES;PRIVATE;SOURCES;WITH;EXCEPT" ${ARGN})
    if(NOT ROOM_FOLDER)
        set(ROOM_FOLDER ${name})
    endif()
    if(ROOM_WITH)
        set(patterns ${ROOM_FOLDER}/*.hpp ${ROOM_FOLDER}/*.cpp)
        foreach(folder ${ROOM_WITH})
            list(APPEND patterns ${folder}/*.hpp ${folder}/*.cpp)
        endforeach()
        file(GLOB files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${patterns})
    else()
        file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
             ${ROOM_FOLDER}/*.hpp ${ROOM_FOLDER}/*.cpp)
    endif()
    if(ROOM_EXCEPT)
        list(REMOVE_ITEM files ${ROOM_EXCEPT})
    endif()
    set(headers ${files})
    list(FILTER headers INCLUDE REGEX "\\.hpp$")

    add_library(rounds_${name} STATIC ${files} ${ROOM_SOURCES})
    target_sources(rounds_${name} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_SOURCE_DIR} FILES ${headers})
    set_target_properties(rounds_${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON LINKER_LANGUAGE CXX)
    target_compile_options(rounds_${name} PRIVATE ${ROUNDS_WARNINGS})
    list(TRANSFORM ROOM_ON PREPEND rounds_)
    target_link_libraries(rounds_${name} PUBLIC ${ROOM_ON} ${ROOM_PUBLIC_LIBRARIES} PRIVATE ${ROOM_PRIVATE})
endfunction()

# rounds_program(NAME main.cpp ON rooms… [PRIVATE libs…]): the executable build/<preset>/NAME.
function(rounds_program name)
    cmake_parse_arguments(PROGRAM "" "" "ON;PRIVATE" ${ARGN})
    add_executable(${name} ${PROGRAM_UNPARSED_ARGUMENTS})
    target_compile_options(${name} PRIVATE ${ROUNDS_WARNINGS})
    list(TRANSFORM PROGRAM_ON PREPEND rounds_)
    target_link_libraries(${name} PRIVATE ${PROGRAM_ON} ${PROGRAM_PRIVATE})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
endfunction()

# rounds_tests(FOLDER [WHOLE] ON rooms… [PRIVATE libs…]): tests/FOLDER/**_test.cpp and their helpers as
# one test program; each TEST is a test of ctest's, or (WHOLE) the program is: for suites that share
# something costly, such as a week lived once.
function(rounds_tests folder)
    cmake_parse_arguments(TESTS "WHOLE" "" "ON;PRIVATE" ${ARGN})
    string(REPLACE "/" "_" name ${folder})
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${folder}/*.cpp)
    if(NOT files)
        return()
    endif()
    add_executable(${name}_test ${files})
    target_compile_options(${name}_test PRIVATE ${ROUNDS_WARNINGS})
    target_compile_definitions(${name}_test PRIVATE ROUNDS_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    list(TRANSFORM TESTS_ON PREPEND rounds_)
    target_link_libraries(${name}_test PRIVATE ${TESTS_ON} ${TESTS_PRIVATE} GTest::gmock GTest::gtest_main fmt::fmt)
    target_include_directories(${name}_test PRIVATE ${CMAKE_SOURCE_DIR})
    # With a sanitizer a program takes longer to begin than most tests to run.
    if(TESTS_WHOLE OR ROUNDS_SANITIZE)
        add_test(NAME ${folder} COMMAND ${name}_test)
        set_tests_properties(${folder} PROPERTIES TIMEOUT 1200)
        return()
    endif()
    gtest_discover_tests(${name}_test TEST_PREFIX ${folder}/ DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 120)
endfunction()

# rounds_embed(ROOM FILE…): each file's bytes as rounds::ROOM::embedded::<name with _>() in
# "<folder of FILE>/embedded.hpp" of the build tree; one call per room.
function(rounds_embed room)
    set(header ${CMAKE_BINARY_DIR}/generated/${room}/embedded.hpp)
    set(source ${CMAKE_BINARY_DIR}/generated/${room}/embedded.cpp)
    list(TRANSFORM ARGN PREPEND ${CMAKE_SOURCE_DIR}/ OUTPUT_VARIABLE inputs)
    add_custom_command(OUTPUT ${header} ${source}
        COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/cmake/embed.py ${room} ${header} ${source} ${inputs}
        DEPENDS ${inputs} ${CMAKE_SOURCE_DIR}/cmake/embed.py VERBATIM)
    target_sources(rounds_${room} PRIVATE ${source} ${header})
    target_include_directories(rounds_${room} PRIVATE ${CMAKE_BINARY_DIR}/generated)
endfunction()

find_package(Python3 REQUIRED COMPONENTS Interpreter)
include(GoogleTest)
