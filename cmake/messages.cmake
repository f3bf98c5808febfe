# The messages: core/messages/LANGUAGE/*.txt become core/message_id.hpp (the ids) and one table per
# language. A key that a language lacks, or parameters that differ, fail the build.
file(GLOB_RECURSE catalogues CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/core/messages/*.txt)
set(generated ${CMAKE_BINARY_DIR}/generated)
set(ROUNDS_MESSAGES_SOURCES ${generated}/core/message_id.hpp ${generated}/core/message_tables.cpp)
add_custom_command(OUTPUT ${ROUNDS_MESSAGES_SOURCES}
    COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/cmake/messages.py
            ${CMAKE_SOURCE_DIR}/core/messages ${generated}
    DEPENDS ${catalogues} ${CMAKE_SOURCE_DIR}/cmake/messages.py VERBATIM)
add_custom_target(rounds_messages DEPENDS ${ROUNDS_MESSAGES_SOURCES})
include_directories(${generated})
