// A client with its hands on the bytes.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace rounds::web {

class Talker {
 public:
    explicit Talker(const std::filesystem::path& path)
        : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        ::sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.native().copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
        // NOLINTNEXTLINE: so does every user of connect(2)
        if (::connect(socket_, reinterpret_cast<const ::sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("cannot connect to " + path.string());
    }
    ~Talker() { ::close(socket_); }
    Talker(const Talker&) = delete;
    Talker& operator=(const Talker&) = delete;

    /// As much of it as the server takes.
    void say(const std::string& text) {
        for (std::size_t at = 0; at < text.size();) {
            const auto sent = ::send(socket_, text.data() + at, text.size() - at, MSG_NOSIGNAL);
            if (sent <= 0) return;
            at += static_cast<std::size_t>(sent);
        }
    }

    /// One answer with its head; what was left when the server hung up.
    std::string hear() {
        for (;;) {
            const auto head = heard_.find("\r\n\r\n");
            const auto named = heard_.find("Content-Length: ");
            if (head != std::string::npos && named != std::string::npos) {
                const auto whole = head + 4 + std::stoul(heard_.substr(named + 16));
                if (heard_.size() >= whole) {
                    const auto answer = heard_.substr(0, whole);
                    heard_.erase(0, whole);
                    return answer;
                }
            }
            if (!more()) return std::exchange(heard_, {});
        }
    }

    /// Everything until the server hangs up.
    std::string hear_all() {
        while (more()) {
        }
        return std::exchange(heard_, {});
    }

 private:
    bool more() {
        ::pollfd ready{.fd = socket_, .events = POLLIN, .revents = 0};
        if (::poll(&ready, 1, 20'000) != 1) throw std::runtime_error("the server says nothing");
        std::string part(65536, '\0');
        const auto got = ::recv(socket_, part.data(), part.size(), 0);
        if (got <= 0) return false;
        heard_.append(part, 0, static_cast<std::size_t>(got));
        return true;
    }

    int socket_;
    std::string heard_;
};

}  // namespace rounds::web
