#include "tests/office/snmp/loopback_office.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <boost/asio/post.hpp>
#include <sys/socket.h>

#include "tests/simulator/script_reader.hpp"

namespace rounds::simulator {
namespace {

Script script_of(const std::string& text) {
    auto read = read_script(text, "office.yaml");
    if (!read.problems.empty()) throw std::runtime_error(read.problems.front());
    return std::move(read.script);
}

AgentSocket opened() {
    auto socket = AgentSocket::open(Family::v4, 0);
    if (!socket) throw std::runtime_error(socket.error().message);
    return std::move(*socket);
}

std::uint16_t port_of(int descriptor) {
    sockaddr_in own{};
    socklen_t size = sizeof own;
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&own), &size);
    return ntohs(own.sin_port);
}

bool seeks_engine(std::span<const std::uint8_t> message) {
    const auto read = probes::read_v3(message);
    return read && read->engine_id.empty();
}

}  // namespace

LoopbackOffice::LoopbackOffice(asio::any_io_executor executor, const std::string& script)
    : office_(script_of(script)),
      socket_(opened()),
      readable_(std::move(executor), socket_.descriptor()),
      port_(port_of(socket_.descriptor())) {
    listen();
}

LoopbackOffice::~LoopbackOffice() {
    readable_.release();  // the socket closes it
}

std::size_t LoopbackOffice::heard(const std::string& address) const {
    const auto found = heard_by_.find(asio::ip::make_address(address));
    return found == heard_by_.end() ? 0 : found->second;
}

void LoopbackOffice::listen() {
    readable_.async_wait(asio::posix::descriptor_base::wait_read,
                         [this](boost::system::error_code error) {
                             if (error) return;
                             // All that has left the engine waits here: what is sent is there at once.
                             for (auto received = socket_.receive(); !received.empty();
                                  received = socket_.receive()) {
                                 for (const auto& request : received) hear(request);
                             }
                             release();
                             listen();
                         });
}

void LoopbackOffice::hear(const AgentRequest& request) {
    const bool discovery = seeks_engine(request.message);
    ++heard_;
    ++heard_by_[request.asked];
    if (discovery) ++discoveries_;
    if (discovery && holds > 0) {
        held_.push_back(
            {request.asked, request.from, {request.message.begin(), request.message.end()}});
    } else {
        answer(request.asked, request.from, request.message);
    }
}

void LoopbackOffice::release() {
    most_held_ = std::max(most_held_, held_.size());
    if (held_.empty() || held_.size() < std::min(holds, held_in_all - released_)) return;
    const Held oldest = std::move(held_.front());
    held_.pop_front();
    ++released_;
    answer(oldest.asked, oldest.from, oldest.message);
    if (held_.size() >= std::min(holds, held_in_all - released_)) {
        asio::post(readable_.get_executor(), [this] { release(); });
    }
}

void LoopbackOffice::answer(const asio::ip::address& asked, const sockaddr_in6& from,
                            std::span<const std::uint8_t> message) {
    const auto told = office_.tell(asked, message, now);
    if (!told) return;
    const EchoAnswer reply{
        .family = Family::v4, .from = told->from, .to = from, .message = told->message};
    socket_.send(reply);
}

}  // namespace rounds::simulator
