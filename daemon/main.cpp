#include "daemon/cli/command_line.hpp"
#include "daemon/system/memory.hpp"

int main(int count, char** words) {
    rounds::daemon::keep_memory_between_rounds();
    return rounds::daemon::command_line(count, words);
}
