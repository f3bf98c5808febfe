#include "tests/hooks/receiver.hpp"

#include <array>
#include <cstdlib>
#include <stdexcept>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rounds::hooks {

namespace {

[[noreturn]] void become(std::vector<std::string> words, int in, int out) {
    ::dup2(in, STDIN_FILENO);
    ::dup2(out, STDOUT_FILENO);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
}

}  // namespace

Receiver::Receiver(const std::string& behaviour, const std::string& secret,
                   const std::optional<Tls>& tls)
    : tls_(tls.has_value()) {
    std::vector<std::string> words{"python3", ROUNDS_SOURCE_DIR "/tests/hooks/receiver.py",
                                   behaviour, secret};
    if (tls) words.insert(words.end(), {tls->certificate, tls->key});
    std::array<int, 2> to{}, from{};
    if (::pipe2(to.data(), O_CLOEXEC) != 0 || ::pipe2(from.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe");
    pid_ = ::fork();
    if (pid_ == 0) become(std::move(words), to[0], from[1]);
    ::close(to[0]);
    ::close(from[1]);
    writing_ = to[1];
    reading_ = from[0];
    port_ = std::atoi(line().c_str());
}

Receiver::~Receiver() {
    ::close(writing_);  // it ends with its standard input
    ::close(reading_);
    ::waitpid(pid_, nullptr, 0);
}

std::string Receiver::url() const {
    return (tls_ ? "https" : "http") + std::string("://127.0.0.1:") + std::to_string(port_) +
           "/hook/s3cret";
}

std::string Receiver::line() {
    while (read_.find('\n') == std::string::npos) {
        std::array<char, 4096> some{};
        const ssize_t size = ::read(reading_, some.data(), some.size());
        if (size <= 0) throw std::runtime_error("the receiver has ended");
        read_.append(some.data(), static_cast<std::size_t>(size));
    }
    const auto end = read_.find('\n');
    std::string first = read_.substr(0, end);
    read_.erase(0, end + 1);
    return first;
}

nlohmann::json Receiver::next() {
    return nlohmann::json::parse(line());
}

Receiver::Tls self_signed(const std::string& folder, const std::string& name) {
    Receiver::Tls tls{folder + "/certificate.pem", folder + "/key.pem"};
    const bool address = name.find_first_not_of("0123456789.") == std::string::npos;
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        "-subj '/CN=receiver' -addext 'subjectAltName=" +
        std::string(address ? "IP:" : "DNS:") + name + "' -keyout '" + tls.key + "' -out '" +
        tls.certificate + "' 2>/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("no openssl command");
    return tls;
}

}  // namespace rounds::hooks
