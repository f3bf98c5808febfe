#include "daemon/cli/command_line.hpp"

int main(int count, char** words) {
    return rounds::daemon::command_line(count, words);
}
