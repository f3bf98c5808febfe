#include "tests/probes/snmp_agent.hpp"

#include <array>

namespace rounds::probes {

namespace {

using udp = asio::ip::udp;
using Type = core::SnmpValue::Type;

/// The tags of RFC 2578 and RFC 3416, in the order of SnmpValue::Type.
constexpr std::array<std::uint8_t, 14> tags{0x05, 0x02, 0x04, 0x06, 0x40, 0x41, 0x42,
                                            0x43, 0x44, 0x46, 0x44, 0x80, 0x81, 0x82};

void write(BerWriter& writer, const core::SnmpValue& value) {
    const std::uint8_t tag = tags.at(static_cast<std::size_t>(value.type));
    BerWriter inner;
    if (const auto* signed_ = std::get_if<std::int64_t>(&value.content)) {
        inner.integer(*signed_);
    } else if (const auto* unsigned_ = std::get_if<std::uint64_t>(&value.content)) {
        inner.integer(static_cast<std::int64_t>(*unsigned_));
    } else if (const auto* bytes = value.bytes()) {
        inner.octets(*bytes);
    } else if (const auto* name = value.oid()) {
        inner.oid(*name);
    } else {
        inner.null();
    }
    const Bytes whole = inner.take();
    const auto content = BerReader(whole).next();
    writer.nested(tag, [&] { writer.raw(content->content); });
}

OddAgent::Request read_request(ByteView datagram) {
    OddAgent::Request request;
    request.datagram.assign(datagram.begin(), datagram.end());
    BerReader reader(*BerReader(datagram).next(ber::sequence));
    request.version = reader.next_integer().value();
    if (request.version > 1) return request;
    const auto community = reader.next(ber::octets).value();
    request.community.assign(community.begin(), community.end());
    const auto pdu = reader.next().value();
    request.question.kind = static_cast<Question::Kind>(pdu.tag);
    BerReader inner(pdu.content);
    request.id = inner.next_integer().value();
    static_cast<void>(inner.next_integer());
    request.question.repetitions = static_cast<int>(inner.next_integer().value());
    BerReader list(inner.next(ber::sequence).value());
    while (!list.empty()) {
        BerReader pair(list.next(ber::sequence).value());
        request.question.names.push_back(read_oid(pair.next(ber::oid).value()).value());
    }
    return request;
}

}  // namespace

struct OddAgent::Inside : std::enable_shared_from_this<Inside> {
    Inside(asio::any_io_executor executor, Answers to_say, const udp::endpoint& at)
        : answers(std::move(to_say)),
          socket(executor, at),
          elsewhere(executor, udp::endpoint{at.address(), 0}) {}

    void listen() {
        socket.async_receive_from(
            asio::buffer(buffer), from,
            [weak = weak_from_this()](boost::system::error_code error, std::size_t size) {
                const auto self = weak.lock();
                if (!self || error == asio::error::operation_aborted) return;
                if (!error) self->answer(ByteView(self->buffer).first(size));
                self->listen();
            });
    }
    void answer(ByteView datagram) {
        Request request = read_request(datagram);
        request.nth = static_cast<int>(heard.size());
        heard.push_back(request);
        for (Reply& reply : answers(request)) say(std::move(reply), from);
    }
    void say(Reply reply, udp::endpoint to) {
        if (reply.after == core::Duration{0}) {
            boost::system::error_code ignored;
            (reply.from_elsewhere ? elsewhere : socket)
                .send_to(asio::buffer(reply.datagram), to, 0, ignored);
            ++said;
            return;
        }
        const auto timer = std::make_shared<asio::steady_timer>(socket.get_executor(), reply.after);
        reply.after = core::Duration{0};
        timer->async_wait([weak = weak_from_this(), timer, reply, to](boost::system::error_code) {
            if (const auto self = weak.lock()) self->say(reply, to);
        });
    }

    Answers answers;
    udp::socket socket, elsewhere;
    udp::endpoint from;
    std::array<std::uint8_t, 65'536> buffer{};
    std::vector<Request> heard;
    int said = 0;
};

OddAgent::OddAgent(asio::any_io_executor executor, Answers answers, const char* address)
    : inside_(std::make_shared<Inside>(executor, std::move(answers),
                                       udp::endpoint{asio::ip::make_address(address), 0})) {
    inside_->listen();
}
OddAgent::~OddAgent() {
    inside_->socket.close();
}

std::uint16_t OddAgent::port() const {
    return inside_->socket.local_endpoint().port();
}
const std::vector<OddAgent::Request>& OddAgent::heard() const {
    return inside_->heard;
}
int OddAgent::said() const {
    return inside_->said;
}

Bytes wire(const core::SnmpVariable& variable) {
    BerWriter writer;
    writer.nested(ber::sequence, [&] {
        writer.oid(variable.name);
        write(writer, variable.value);
    });
    return writer.take();
}

Bytes response(const OddAgent::Request& request, const std::vector<core::SnmpVariable>& variables,
               ErrorStatus status, std::int64_t index) {
    BerWriter writer;
    writer.nested(ber::sequence, [&] {
        writer.integer(request.version);
        writer.octets(request.community);
        writer.nested(static_cast<std::uint8_t>(Answer::Kind::response), [&] {
            writer.integer(request.id);
            writer.integer(static_cast<std::int64_t>(status));
            writer.integer(index);
            writer.nested(ber::sequence, [&] {
                for (const auto& variable : variables) writer.raw(wire(variable));
            });
        });
    });
    return writer.take();
}

std::vector<core::SnmpVariable> honest_variables(const Objects& objects, const Question& question) {
    std::vector<core::SnmpVariable> variables;
    const auto next = [&](const core::Oid& name) {
        const auto found = objects.upper_bound(name);
        return found == objects.end() ? core::SnmpVariable{name, {Type::end_of_mib_view, {}}}
                                      : core::SnmpVariable{found->first, found->second};
    };
    std::vector<core::Oid> names = question.names;
    const int rows = question.kind == Question::Kind::get_bulk ? question.repetitions : 1;
    for (int row = 0; row < rows; ++row) {
        for (core::Oid& name : names) {
            if (question.kind == Question::Kind::get) {
                const auto found = objects.find(name);
                variables.push_back(found == objects.end()
                                        ? core::SnmpVariable{name, {Type::no_such_instance, {}}}
                                        : core::SnmpVariable{name, found->second});
            } else {
                variables.push_back(next(name));
                name = variables.back().name;
            }
        }
    }
    return variables;
}

Bytes honest(const Objects& objects, const OddAgent::Request& request) {
    return response(request, honest_variables(objects, request.question));
}

Objects table(std::string_view root, int columns, int rows) {
    Objects objects;
    for (int column = 1; column <= columns; ++column) {
        for (int row = 1; row <= rows; ++row) {
            const std::array<core::Oid::Part, 2> index{static_cast<core::Oid::Part>(column),
                                                       static_cast<core::Oid::Part>(row)};
            objects[oid(root).with(index)] = number(100 * column + row);
        }
    }
    return objects;
}

}  // namespace rounds::probes
