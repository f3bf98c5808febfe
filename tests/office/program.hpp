// The real rounds-office, run by a test.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

#include "tests/simulator/descriptor.hpp"

namespace rounds::simulator {

/// One run of rounds-office, its standard error with its standard output. Ended with SIGKILL when the test
/// forgets to end it.
class Program {
 public:
    explicit Program(std::vector<std::string> arguments);
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program();

    /// The next line that it prints, without its end; waits for it. Empty at the end of the output.
    std::string line();
    /// Everything that it still prints.
    std::string rest();
    /// Lets the next event happen (--step) and returns the line that tells of it.
    std::string step();
    /// Closes its standard input.
    void close_input() { input_ = Descriptor(); }
    void signal(int number) const;
    /// Waits for its end; its exit code, or -1 when a signal ended it.
    int exit_code();

 private:
    pid_t pid_ = -1;
    Descriptor input_, output_;
};

}  // namespace rounds::simulator
