// An SNMP agent of the test's own, on a loopback port, that answers as it likes.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/ip/udp.hpp>

#include "core/snmp.hpp"
#include "ports/asio.hpp"
#include "probes/snmp/message.hpp"

namespace rounds::probes {

/// SMI values as the wire has them; also what no honest agent sends.
[[nodiscard]] Bytes wire(const core::SnmpVariable& variable);

class OddAgent {
 public:
    struct Request {
        std::int64_t version = 0;  ///< 0: v1, 1: v2c.
        std::string community;
        Question question;
        std::int64_t id = 0;
        Bytes datagram;
        int nth = 0;  ///< Requests before this one.
    };
    struct Reply {
        Bytes datagram;
        bool from_elsewhere = false;  ///< From another port.
        core::Duration after{0};
    };
    using Replies = std::vector<Reply>;
    using Answers = std::function<Replies(const Request&)>;

    OddAgent(asio::any_io_executor executor, Answers answers, const char* address = "127.0.0.1");
    ~OddAgent();

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] const std::vector<Request>& heard() const;
    /// Replies that have left.
    [[nodiscard]] int said() const;

 private:
    struct Inside;
    std::shared_ptr<Inside> inside_;
};

/// A response with these variables.
[[nodiscard]] Bytes response(const OddAgent::Request& request,
                             const std::vector<core::SnmpVariable>& variables,
                             ErrorStatus status = ErrorStatus::none, std::int64_t index = 0);

/// What an honest agent with these objects says, to GET, GETNEXT and GETBULK.
using Objects = std::map<core::Oid, core::SnmpValue>;
[[nodiscard]] std::vector<core::SnmpVariable> honest_variables(const Objects& objects,
                                                               const Question& question);
[[nodiscard]] Bytes honest(const Objects& objects, const OddAgent::Request& request);

[[nodiscard]] inline core::Oid oid(std::string_view text) {
    return core::Oid::parse(text).value();
}
[[nodiscard]] inline core::SnmpValue number(std::int64_t value) {
    return {core::SnmpValue::Type::integer, value};
}
[[nodiscard]] inline core::SnmpValue octets(std::string text) {
    return {core::SnmpValue::Type::octets, std::move(text)};
}

/// A table of `columns` × `rows` numbers below `root`: column c, row r is 100·c + r.
[[nodiscard]] Objects table(std::string_view root, int columns, int rows);

}  // namespace rounds::probes
