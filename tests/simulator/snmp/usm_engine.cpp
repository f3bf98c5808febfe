#include "tests/simulator/snmp/usm_engine.hpp"

#include <algorithm>

#include "probes/snmp/usm_crypto.hpp"
#include "probes/snmp/v3_message.hpp"
#include "tests/simulator/snmp/engine_id.hpp"

namespace rounds::simulator {

using probes::BerReader;
using probes::BerWriter;
using probes::Bytes;
using probes::ByteView;
using probes::V3Message;
namespace ber = probes::ber;

namespace {

constexpr std::uint32_t time_window = 150;  // seconds, RFC 3414 §2.2.3
constexpr std::uint8_t level = V3Message::auth_flag | V3Message::priv_flag;

// usmStats, and snmpUnknownContexts
constexpr const char* unsupported_level = "1.3.6.1.6.3.15.1.1.1.0";
constexpr const char* not_in_window = "1.3.6.1.6.3.15.1.1.2.0";
constexpr const char* unknown_user = "1.3.6.1.6.3.15.1.1.3.0";
constexpr const char* unknown_engine = "1.3.6.1.6.3.15.1.1.4.0";
constexpr const char* wrong_digest = "1.3.6.1.6.3.15.1.1.5.0";
constexpr const char* unknown_context = "1.3.6.1.6.3.12.1.5.0";

ByteView view(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

const SnmpUser* user_named(const Subject& subject, std::string_view name) {
    const auto& users = subject.description.users;
    const auto found = std::ranges::find(users, name, &SnmpUser::name);
    return found == users.end() ? nullptr : &*found;
}

bool serves(const Subject& subject, const std::string& context) {
    const auto& contexts = subject.description.contexts;
    return context.empty() || std::ranges::find(contexts, context) != contexts.end();
}

std::uint8_t level_of(const SnmpUser& user) {
    if (user.auth == core::SnmpAuth::none) return 0;
    return user.priv == core::SnmpPriv::none ? V3Message::auth_flag : level;
}

probes::EngineTime time_of(const Subject& subject) {
    return {subject.state.boots, subject.engine_time()};
}

/// The digest of the message with zeros in the digest's place.
Bytes digest_of(const SnmpUser& user, const probes::UsmKeys& keys, Bytes datagram,
                std::size_t place) {
    std::fill_n(datagram.begin() + static_cast<std::ptrdiff_t>(place),
                probes::digest_size(user.auth), std::uint8_t{0});
    return probes::digest_of(user.auth, keys.auth.bytes(), datagram);
}

bool genuine(const SnmpUser& user, const probes::UsmKeys& keys, const V3Message& message,
             ByteView datagram) {
    if (message.digest.size() != probes::digest_size(user.auth)) return false;
    const auto place = static_cast<std::size_t>(message.digest.data() - datagram.data());
    const auto right = digest_of(user, keys, Bytes(datagram.begin(), datagram.end()), place);
    return std::ranges::equal(right, message.digest);
}

struct Scoped {
    std::string context;
    SnmpRequest request;
};

std::optional<Scoped> read_scoped(ByteView bytes) {
    const auto whole = BerReader(bytes).next(ber::sequence);
    if (!whole) return std::nullopt;
    BerReader reader(*whole);
    const auto engine = reader.next(ber::octets);
    const auto context = reader.next(ber::octets);
    const auto pdu = reader.next();
    if (!engine || !context || !pdu) return std::nullopt;
    auto request = read_request(*pdu);
    if (!request) return std::nullopt;
    return Scoped{{context->begin(), context->end()}, std::move(*request)};
}

}  // namespace

const probes::UsmKeys* UsmEngine::keys_of(const Subject& subject, const SnmpUser& user) {
    auto& known = keys_[subject.number];
    const auto found = known.find(user.name);
    if (found != known.end()) return &found->second;
    core::SnmpCredentials credentials;
    credentials.auth = user.auth;
    credentials.auth_password = user.auth_password;
    credentials.priv = user.priv;
    credentials.priv_password = user.priv_password;
    auto made = probes::localised(
        passwords_, credentials, view(engine_id(subject)),
        user.cisco_keys ? probes::KeyExtension::reeder : probes::KeyExtension::blumenthal);
    if (!made) return nullptr;
    return &known.emplace(user.name, std::move(*made)).first->second;
}

UsmEngine::Result UsmEngine::open(const Subject& subject, ByteView datagram) {
    const auto message = probes::read_v3(datagram);
    if (!message) return {};
    const auto plain_request = message->encrypted() ? std::nullopt : read_scoped(message->data);
    const auto refuse = [&](const char* counter, const SnmpUser* signed_for = nullptr) -> Result {
        if ((message->flags & V3Message::report_flag) == 0) return {};
        return report(subject, message->id, plain_request ? plain_request->request.id : 0, counter,
                      signed_for);
    };
    const auto own_id = engine_id(subject);
    if (!std::ranges::equal(message->engine_id, view(own_id))) return refuse(unknown_engine);
    const SnmpUser* user = user_named(subject, message->user);
    if (user == nullptr) return refuse(unknown_user);
    const std::uint8_t asked = message->flags & level, own = level_of(*user);
    if ((asked & ~own) != 0) return refuse(unsupported_level);
    const auto* keys = keys_of(subject, *user);
    if (keys == nullptr) return {};
    if (message->authenticated()) {
        if (!genuine(*user, *keys, *message, datagram)) return refuse(wrong_digest);
        const auto now = time_of(subject);
        const auto [early, late] = std::minmax(message->time.seconds, now.seconds);
        if (message->time.boots != now.boots || late - early > time_window)
            return refuse(not_in_window, user);
    }
    auto scoped = plain_request;
    if (message->encrypted()) {
        const auto plain = probes::decrypted(user->priv, keys->priv.bytes(), message->time,
                                             message->salt, message->data);
        if (plain) scoped = read_scoped(*plain);
    }
    if (!scoped) return {};
    if (!serves(subject, scoped->context)) return refuse(unknown_context);
    return Opened{.request = std::move(scoped->request),
                  .message_id = message->id,
                  .flags = asked,
                  .context = std::move(scoped->context),
                  .user = user,
                  .may = asked == own};
}

Bytes UsmEngine::report(const Subject& subject, std::int64_t message_id, std::int64_t request_id,
                        const char* counter, const SnmpUser* signed_for) {
    SnmpReply reply{.tag = 0xa8, .id = request_id};
    reply.variables.push_back(
        {core::Oid::parse(counter).value(), {core::SnmpValue::Type::counter32, std::uint64_t{1}}});
    Opened to;
    to.message_id = message_id;
    to.flags = signed_for != nullptr ? V3Message::auth_flag : 0;
    to.user = signed_for;
    return seal(subject, to, reply);
}

Bytes UsmEngine::seal(const Subject& subject, const Opened& opened, const SnmpReply& reply) {
    const auto own_id = engine_id(subject);
    BerWriter scoped;
    scoped.nested(ber::sequence, [&] {
        scoped.octets(view(own_id));
        scoped.octets(opened.context);
        write_reply(scoped, reply);
    });
    Bytes data = scoped.take();
    V3Message message;
    message.id = opened.message_id;
    message.flags = opened.flags;
    message.engine_id = view(own_id);
    message.time = time_of(subject);
    if (opened.user != nullptr) message.user = opened.user->name;
    if (opened.flags == 0) {
        message.data = data;
        return probes::write_v3(message);
    }
    const auto& user = *opened.user;
    const auto& keys = *keys_of(subject, user);
    probes::Salt salt{};
    if (message.encrypted()) {
        salt = probes::salt_of(user.priv, message.time, ++salts_);
        data = probes::encrypted(user.priv, keys.priv.bytes(), message.time, salt, data);
        message.salt = salt;
    }
    message.data = data;
    const Bytes zeros(probes::digest_size(user.auth));
    message.digest = zeros;
    Bytes datagram = probes::write_v3(message);
    if (const auto written = probes::read_v3(datagram)) {
        const auto place = static_cast<std::size_t>(written->digest.data() - datagram.data());
        const auto digest = digest_of(user, keys, datagram, place);
        std::ranges::copy(digest, datagram.begin() + static_cast<std::ptrdiff_t>(place));
    }
    return datagram;
}

}  // namespace rounds::simulator
