#include "tests/office/program.hpp"

#include <array>
#include <csignal>
#include <stdexcept>
#include <utility>

#include <fcntl.h>
#include <sys/wait.h>

namespace rounds::simulator {
namespace {

struct Pipe {
    Descriptor reading, writing;
};

Pipe pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

}  // namespace

Program::Program(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), ROUNDS_OFFICE);
    std::vector<char*> words;
    words.reserve(arguments.size() + 1);
    for (auto& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    auto to = pipe(), from = pipe();
    pid_ = ::fork();
    if (pid_ < 0) throw std::runtime_error("no process");
    if (pid_ == 0) {
        ::dup2(to.reading.number(), STDIN_FILENO);
        ::dup2(from.writing.number(), STDOUT_FILENO);
        ::dup2(from.writing.number(), STDERR_FILENO);
        ::execv(words[0], words.data());
        ::_exit(127);
    }
    input_ = std::move(to.writing);
    output_ = std::move(from.reading);
}

Program::~Program() {
    if (pid_ > 0) {
        signal(SIGKILL);
        exit_code();
    }
}

std::string Program::line() {
    std::string line;
    for (char one = 0; ::read(output_.number(), &one, 1) == 1 && one != '\n';) line += one;
    return line;
}

std::string Program::rest() {
    std::string all;
    for (char one = 0; ::read(output_.number(), &one, 1) == 1;) all += one;
    return all;
}

std::string Program::step() {
    if (::write(input_.number(), "\n", 1) != 1) return "rounds-office reads no more";
    return line();
}

void Program::signal(int number) const {
    ::kill(pid_, number);
}

int Program::exit_code() {
    int status = 0;
    ::waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace rounds::simulator
