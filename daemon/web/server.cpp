// The one file that knows Beast: it takes half a minute to compile.
#include "daemon/web/server.hpp"

#include <exception>
#include <list>
#include <utility>

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "daemon/web/listener.hpp"

namespace rounds::web {

namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using Protocol = asio::local::stream_protocol;
using Stream = beast::basic_stream<Protocol>;
using Code = boost::system::error_code;

constexpr auto far_away = std::chrono::steady_clock::time_point::max();
/// After a failure to accept (no descriptors left): until the next attempt.
constexpr auto breath = std::chrono::milliseconds(100);

Response refusal(const Code& error) {
    if (error == http::error::header_limit)
        return {431, R"({"error":"the head of the request is too large"})"};
    if (error == http::error::body_limit)
        return {413, R"({"error":"the body of the request is too large"})"};
    return {400, R"({"error":"this is no HTTP/1.1 request"})"};
}

/// Is it the request that is wrong, and not the connection that is gone?
bool can_be_told(const Code& error) {
    static const Code of_http = http::error::bad_method;
    return error.category() == of_http.category() && error != http::error::end_of_stream &&
           error != http::error::partial_message;
}

asio::awaitable<Response> answer(const Handler& handler, Request request) {
    try {
        co_return co_await handler(std::move(request));
    } catch (const std::exception&) {
        co_return Response{500, R"({"error":"unexpected: please report this, with the log"})"};
    }
}

}  // namespace

struct Server::State : std::enable_shared_from_this<State> {
    State(asio::any_io_executor e, Handler h, Limits l)
        : executor(std::move(e)),
          handler(std::move(h)),
          limits(l),
          acceptor(executor),
          changed(executor, far_away) {}

    asio::awaitable<void> accept();
    asio::awaitable<void> serve(std::list<Stream>::iterator connection);
    asio::awaitable<bool> serve_one(Stream& stream, beast::flat_buffer& buffer);
    asio::awaitable<bool> send(Stream& stream, Response response, unsigned version, bool keep);
    asio::awaitable<void> change();

    asio::any_io_executor executor;
    Handler handler;
    Limits limits;
    Protocol::acceptor acceptor;
    Listener listener;
    std::list<Stream> connections;
    asio::steady_timer changed;  ///< Cancelled when a connection ends, and by stop().
    bool accepting = false;
    bool stopped = false;
};

asio::awaitable<void> Server::State::change() {
    Code ended;
    co_await changed.async_wait(asio::redirect_error(asio::use_awaitable, ended));
}

asio::awaitable<void> Server::State::accept() {
    while (!stopped) {
        if (connections.size() >= limits.connections) {
            co_await change();
            continue;
        }
        Code error;
        auto socket =
            co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (stopped) break;
        if (error) {
            asio::steady_timer pause(executor, breath);
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
            continue;
        }
        const auto connection = connections.emplace(connections.end(), std::move(socket));
        auto ended = [self = shared_from_this(), connection](const std::exception_ptr&) {
            self->connections.erase(connection);
            self->changed.cancel();
        };
        asio::co_spawn(executor, serve(connection), std::move(ended));
    }
}

asio::awaitable<void> Server::State::serve(std::list<Stream>::iterator connection) {
    beast::flat_buffer buffer;
    while (!stopped && co_await serve_one(*connection, buffer)) {
    }
}

/// One request and its answer. True when another may follow.
asio::awaitable<bool> Server::State::serve_one(Stream& stream, beast::flat_buffer& buffer) {
    http::request_parser<http::string_body> parser;
    parser.header_limit(static_cast<std::uint32_t>(limits.header));
    parser.body_limit(limits.body);
    stream.expires_after(limits.patience);
    Code error;
    co_await http::async_read(stream, buffer, parser,
                              asio::redirect_error(asio::use_awaitable, error));
    if (error) {
        if (can_be_told(error)) co_await send(stream, refusal(error), 11, false);
        co_return false;
    }
    stream.expires_never();
    auto& message = parser.get();
    Request request{.method = std::string(message.method_string()),
                    .target = std::string(message.target()),
                    .body = std::move(message.body())};
    // The answer to HEAD has no body, and the handler makes one: the connection ends with it.
    const bool keep = message.keep_alive() && message.method() != http::verb::head;
    auto response = co_await answer(handler, std::move(request));
    if (stopped) co_return false;
    co_return co_await send(stream, std::move(response), message.version(), keep);
}

asio::awaitable<bool> Server::State::send(Stream& stream, Response response, unsigned version,
                                          bool keep) {
    http::response<http::string_body> message(static_cast<http::status>(response.status), version,
                                              std::move(response.body));
    message.set(http::field::content_type, "application/json");
    message.keep_alive(keep);
    message.prepare_payload();
    stream.expires_after(limits.patience);
    Code error;
    co_await http::async_write(stream, message, asio::redirect_error(asio::use_awaitable, error));
    co_return !error && keep;
}

core::Result<std::unique_ptr<Server>> Server::open(asio::any_io_executor executor,
                                                   const std::filesystem::path& path,
                                                   Handler handler, Limits limits) {
    auto listener = listen_at(path);
    if (!listener) return listener.error();
    auto state = std::make_shared<State>(executor, std::move(handler), limits);
    state->listener = std::move(*listener);
    state->acceptor.assign(Protocol(), state->listener.descriptor);
    state->accepting = true;
    auto ended = [state](const std::exception_ptr&) {
        state->accepting = false;
        state->changed.cancel();
    };
    asio::co_spawn(executor, state->accept(), std::move(ended));
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::shared_ptr<State> state) : state_(std::move(state)) {}

Server::~Server() {
    stop();
}

void Server::stop() {
    if (std::exchange(state_->stopped, true)) return;
    remove(state_->listener);
    Code ignored;
    state_->acceptor.close(ignored);
    for (auto& connection : state_->connections) connection.close();
    state_->changed.cancel();
}

asio::awaitable<void> Server::join() {
    const auto state = state_;
    while (state->accepting || !state->connections.empty()) co_await state->change();
}

}  // namespace rounds::web
