// HTTP/1.1 on a Unix socket, for people and programs of this machine.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "core/result.hpp"
#include "ports/asio.hpp"

namespace rounds::web {

/// Whatever a peer sent, bounded, and otherwise as it came: to be judged by the handler.
struct Request {
    std::string method;  ///< "GET", "POST" …
    std::string target;  ///< Path and query, undecoded: "/v1/incidents?state=open".
    std::string body;
};

struct Response {
    int status = 200;  ///< 100 to 599, RFC 9110 §15.
    std::string body;  ///< JSON.
};

/// Answers one request. What it throws is answered with 500.
using Handler = std::function<asio::awaitable<Response>(Request)>;

struct Limits {
    std::size_t header = 8'192;  ///< Bytes; more is answered with 431.
    std::size_t body = 65'536;   ///< Bytes; more is answered with 413.
    std::chrono::milliseconds patience{
        10'000};                   ///< For a request to arrive, and for an answer to leave.
    std::size_t connections = 16;  ///< Served at once; others wait to be accepted.
};

/// The path of a socket has at most so many bytes (sun_path of unix(7), without its final zero).
inline constexpr std::size_t longest_path = 107;

/// Loop thread.
class Server {
 public:
    /// Listens at `path`, for the owner and the group (mode 0660; the group `rounds` where there is one). What a
    /// process left there that ended is replaced. Errors: invalid_input (path too long, or something there
    /// that is no socket), busy (a process answers there), no_permission, not_found (no such folder),
    /// unavailable.
    static core::Result<std::unique_ptr<Server>> open(asio::any_io_executor executor,
                                                      const std::filesystem::path& path,
                                                      Handler handler, Limits limits = {});

    /// Stops. Connections are gone after join(), which is to be waited for when the handler uses something that
    /// ends with the server.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// No new connections; those open are shut, and the socket is gone from its path (if it is still this one).
    void stop();

    /// Ends when, after stop(), no handler is at work any more.
    asio::awaitable<void> join();

 private:
    struct State;
    explicit Server(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

}  // namespace rounds::web
