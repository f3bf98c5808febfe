#include "daemon/cli/api_client.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <optional>
#include <system_error>

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "daemon/web/server.hpp"

namespace rounds::daemon {

namespace {

using core::Error;
using Clock = std::chrono::steady_clock;

/// The daemon answers with far less.
constexpr std::size_t longest_answer = std::size_t{16} * 1024 * 1024;

Error unavailable(const std::filesystem::path& socket, std::string_view what) {
    return {Error::Kind::unavailable, fmt::format("the daemon at {} {}", socket.string(), what)};
}

Error not_there(const std::filesystem::path& socket, int error) {
    if (error == EACCES || error == EPERM) {
        return {
            Error::Kind::no_permission,
            fmt::format("you may not talk to the daemon at {}: join the group rounds (sudo usermod "
                        "-aG rounds \"$USER\", then log in anew), or use sudo",
                        socket.string())};
    }
    if (error == ENOENT || error == ECONNREFUSED) {
        return {
            Error::Kind::unavailable,
            fmt::format("the daemon is not running (nobody listens at {}): start it with systemctl "
                        "start rounds",
                        socket.string())};
    }
    return unavailable(socket, "cannot be reached: " + std::generic_category().message(error));
}

class Connection {
 public:
    Connection(std::filesystem::path path, std::chrono::milliseconds patience)
        : path_(std::move(path)),
          until_(Clock::now() + patience),
          socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {}
    ~Connection() {
        if (socket_ >= 0) ::close(socket_);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    core::Result<void> connect();
    core::Result<void> send(std::string_view text);
    core::Result<std::string> receive_all();

 private:
    /// Waits; false when time is up.
    bool ready(short events);

    std::filesystem::path path_;
    Clock::time_point until_;
    int socket_;
    int no_socket_ = socket_ < 0 ? errno : 0;  ///< Why there is none.
};

bool Connection::ready(short events) {
    ::pollfd waits{.fd = socket_, .events = events, .revents = 0};
    for (;;) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(until_ - Clock::now()).count();
        if (left <= 0) return false;
        const int count = ::poll(&waits, 1, static_cast<int>(left));
        if (count > 0) return true;
        if (count < 0 && errno != EINTR) return false;
    }
}

core::Result<void> Connection::connect() {
    if (socket_ < 0) return not_there(path_, no_socket_);
    ::sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path_.native().size() > web::longest_path) return not_there(path_, ENAMETOOLONG);
    path_.native().copy(static_cast<char*>(address.sun_path), web::longest_path);
    // NOLINTNEXTLINE: so does every user of connect(2)
    const auto* generic = reinterpret_cast<const ::sockaddr*>(&address);
    while (::connect(socket_, generic, sizeof address) != 0) {
        if (errno == EINTR) continue;
        // So many wait that there is no place in the queue, and nothing to poll for.
        if (errno != EAGAIN) return not_there(path_, errno);
        if (Clock::now() >= until_) return unavailable(path_, "is too busy: try again");
        ::poll(nullptr, 0, 20);
    }
    return {};
}

core::Result<void> Connection::send(std::string_view text) {
    while (!text.empty()) {
        const auto sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
        if (sent > 0) text.remove_prefix(static_cast<std::size_t>(sent));
        if (sent >= 0 || errno == EINTR) continue;
        if (errno == EPIPE || errno == ECONNRESET) return {};  // it may have answered before
        if (errno != EAGAIN || !ready(POLLOUT)) return unavailable(path_, "does not listen");
    }
    return {};
}

core::Result<std::string> Connection::receive_all() {
    std::string text;
    std::string part(65536, '\0');
    for (;;) {
        const auto got = ::recv(socket_, part.data(), part.size(), 0);
        if (got > 0) text.append(part, 0, static_cast<std::size_t>(got));
        if (text.size() > longest_answer) return unavailable(path_, "answers without end");
        if (got == 0 || (got < 0 && errno == ECONNRESET)) return text;
        if (got > 0 || errno == EINTR) continue;
        if (errno != EAGAIN) return not_there(path_, errno);
        if (!ready(POLLIN)) return unavailable(path_, "does not answer in time: see its log");
    }
}

std::optional<std::size_t> number_in(std::string_view text) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end != text.data() ? std::optional(number) : std::nullopt;
}

/// An answer with its length, as the daemon's server writes them.
std::optional<ApiAnswer> answer_in(std::string_view text) {
    constexpr std::string_view version = "HTTP/1.1 ", length = "\r\nContent-Length: ";
    const auto head = text.find("\r\n\r\n");
    if (!text.starts_with(version) || head == std::string_view::npos) return std::nullopt;
    const auto status = number_in(text.substr(version.size(), 3));
    const auto named = text.substr(0, head).find(length);
    if (!status || named == std::string_view::npos) return std::nullopt;
    const auto size = number_in(text.substr(named + length.size()));
    const auto body = text.substr(head + 4);
    if (!size || body.size() != *size) return std::nullopt;
    return ApiAnswer{static_cast<int>(*status), std::string(body)};
}

}  // namespace

core::Result<ApiAnswer> ask_daemon(const std::filesystem::path& socket, const ApiRequest& request,
                                   std::chrono::milliseconds patience) {
    Connection connection(socket, patience);
    if (const auto connected = connection.connect(); !connected) return connected.error();
    const auto text = fmt::format(
        "{} {} HTTP/1.1\r\nHost: rounds\r\nConnection: close\r\nContent-Type: application/json\r\n"
        "Content-Length: {}\r\n\r\n{}",
        request.method, request.target, request.body.size(), request.body);
    if (const auto sent = connection.send(text); !sent) return sent.error();
    const auto received = connection.receive_all();
    if (!received) return received.error();
    if (auto answer = answer_in(*received)) return std::move(*answer);
    return unavailable(socket, received->empty() ? "hung up without an answer: it may be ending"
                                                 : "gave an answer that is none");
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string encoded;
    for (const char c : text) {
        if (plain.find(c) != std::string_view::npos) {
            encoded += c;
        } else {
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return encoded;
}

}  // namespace rounds::daemon
