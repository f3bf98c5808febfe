#include "probes/snmp/usm_peer.hpp"

#include <algorithm>
#include <random>

#include <fmt/format.h>

namespace rounds::probes {

using core::SnmpAuth;
using core::SnmpCredentials;
using core::SnmpPriv;
using core::SnmpTrouble;

namespace {

constexpr std::size_t longest_engine_id = 64;  // RFC 3411 says 32; some have more
constexpr std::size_t most_users = 16;         // of one agent; a reload may leave some behind

ByteView bytes_of(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

std::uint8_t flags_of(const SnmpCredentials& credentials) {
    std::uint8_t flags = V3Message::report_flag;
    if (credentials.auth != SnmpAuth::none) {
        flags |= V3Message::auth_flag;
        if (credentials.priv != SnmpPriv::none) flags |= V3Message::priv_flag;
    }
    return flags;
}

/// The same keys: contexts, and names in the configuration, make no other user.
bool same_user(const SnmpCredentials& one, const SnmpCredentials& other) {
    return one.user == other.user && one.auth == other.auth &&
           one.auth_password == other.auth_password && one.priv == other.priv &&
           one.priv_password == other.priv_password;
}

/// The counters a report names, without their ".0".
struct Reports {
    core::Oid usm = core::Oid::parse("1.3.6.1.6.3.15.1.1").value();   // usmStats
    core::Oid target = core::Oid::parse("1.3.6.1.6.3.12.1").value();  // snmpTargetMIB
};
const Reports& reports() {
    static const Reports known;
    return known;
}

std::uint64_t random_number() {
    std::random_device device;
    return std::uint64_t{device()} << 32 | device();
}

}  // namespace

EngineTime UsmPeer::time_at(core::SteadyTime now) const {
    const auto passed = std::chrono::duration_cast<std::chrono::seconds>(now - time_since_).count();
    return {time_.boots,
            time_.seconds + static_cast<std::uint32_t>(std::max<std::int64_t>(0, passed))};
}

UsmPeer::User::~User() {
    for (std::string* password : {&credentials.auth_password, &credentials.priv_password})
        ::explicit_bzero(password->data(), password->size());
}

UsmPeer::User* UsmPeer::known_user(const SnmpCredentials& credentials) const {
    const auto found = std::ranges::find_if(
        users_, [&](const auto& user) { return same_user(user->credentials, credentials); });
    return found == users_.end() ? nullptr : found->get();
}

UsmPeer::User* UsmPeer::user_of(PasswordKeys& passwords, const SnmpCredentials& credentials) {
    const auto known = std::ranges::find_if(
        users_, [&](const auto& user) { return same_user(user->credentials, credentials); });
    if (known != users_.end()) {
        std::rotate(known, known + 1, users_.end());
    } else {
        if (users_.size() >= most_users) users_.erase(users_.begin());
        users_.push_back(std::make_unique<User>());
        users_.back()->credentials = credentials;
    }
    User& user = *users_.back();
    if (!user.keys)
        user.keys = localised(passwords, credentials, bytes_of(engine_id_), user.extension);
    return user.keys ? &user : nullptr;
}

core::Result<Bytes> UsmPeer::seal(PasswordKeys& passwords, const SnmpCredentials& credentials,
                                  const Question& question, std::int32_t message_id,
                                  std::int32_t request_id, core::SteadyTime now) {
    V3Message message;
    message.id = message_id;
    if (!known()) {
        message.flags = V3Message::report_flag;
        const Bytes scoped = write_scoped({}, {}, {}, request_id);
        message.data = scoped;
        return write_v3(message);
    }
    const User* user = user_of(passwords, credentials);
    if (user == nullptr) {
        return core::Error{
            core::Error::Kind::invalid_input,
            fmt::format("credentials {}: a password of SNMPv3 has at least 8 characters",
                        credentials.name)};
    }
    message.flags = flags_of(credentials);
    message.engine_id = bytes_of(engine_id_);
    message.user = credentials.user;
    if (message.authenticated()) message.time = time_at(now);
    Bytes data = write_scoped(message.engine_id, credentials.context, question, request_id);
    Salt salt{};
    if (message.encrypted()) {
        if (!salt_count_) salt_count_ = random_number();
        salt = salt_of(credentials.priv, message.time, ++*salt_count_);
        data = encrypted(credentials.priv, user->keys->priv.bytes(), message.time, salt, data);
        message.salt = salt;
    }
    message.data = data;
    return sealed(message, credentials, *user->keys);
}

/// The digest is of the message with zeros in the digest's place.
Bytes UsmPeer::sealed(const V3Message& message, const SnmpCredentials& credentials,
                      const UsmKeys& keys) const {
    if (!message.authenticated()) return write_v3(message);
    const Bytes zeros(digest_size(credentials.auth));
    V3Message open = message;
    open.digest = zeros;
    Bytes datagram = write_v3(open);
    const Bytes digest = digest_of(credentials.auth, keys.auth.bytes(), datagram);
    if (const auto written = read_v3(datagram)) {
        const auto place = written->digest.data() - datagram.data();
        std::copy(digest.begin(), digest.end(), datagram.begin() + place);
    }
    return datagram;
}

bool UsmPeer::genuine(const V3Message& message, ByteView datagram,
                      const SnmpCredentials& credentials, const UsmKeys& keys) const {
    if (!message.authenticated() || credentials.auth == SnmpAuth::none) return false;
    if (message.digest.size() != digest_size(credentials.auth)) return false;
    Bytes open(datagram.begin(), datagram.end());
    const auto place = open.begin() + (message.digest.data() - datagram.data());
    std::fill_n(place, message.digest.size(), std::uint8_t{0});
    const Bytes right = digest_of(credentials.auth, keys.auth.bytes(), open);
    std::uint8_t difference = right.size() == message.digest.size() ? 0 : 1;
    for (std::size_t i = 0; i < std::min(right.size(), message.digest.size()); ++i)
        difference = static_cast<std::uint8_t>(difference | (right[i] ^ message.digest[i]));
    return difference == 0;
}

UsmPeer::Opened UsmPeer::open(PasswordKeys& passwords, const SnmpCredentials& credentials,
                              ByteView datagram, core::SteadyTime now) {
    const auto message = read_v3(datagram);
    if (!message) return Nonsense{};
    const bool ours = known() && std::ranges::equal(message->engine_id, bytes_of(engine_id_));
    User* user = ours ? user_of(passwords, credentials) : nullptr;
    const bool is_genuine =
        user != nullptr && genuine(*message, datagram, credentials, *user->keys);
    if (message->authenticated() && !is_genuine) return Nonsense{};

    Bytes plain;
    ByteView scoped = message->data;
    if (message->encrypted()) {
        auto opened = decrypted(credentials.priv, user->keys->priv.bytes(), message->time,
                                message->salt, message->data);
        if (!opened) return Nonsense{};
        plain = std::move(*opened);
        scoped = plain;
    }
    auto answer = read_scoped(scoped);
    if (!answer) return Nonsense{};
    if (answer->kind == Answer::Kind::report)
        return hear_report(*message, *answer, is_genuine, now);

    constexpr std::uint8_t level = V3Message::auth_flag | V3Message::priv_flag;
    const bool as_asked = (message->flags & level) == (flags_of(credentials) & level);
    if (!ours || !as_asked) return Nonsense{};
    if (message->encrypted()) user->proven = true;
    // No discarding by age (RFC 3414 §3.2 7b): the digest covers the message id, which is random, so that an
    // old message answers nothing; and engines whose boots stand still would be lost for good.
    if (is_genuine) set_time(message->time, now);
    return Told{*answer, std::move(plain)};
}

UsmPeer::Opened UsmPeer::hear_report(const V3Message& message, const Answer& report, bool genuine,
                                     core::SteadyTime now) {
    VariableView first;
    if (!VariableReader(report).next(first)) return Nonsense{};
    const auto name = read_oid(first.name).value_or(core::Oid{});
    if (name.within(reports().usm) && name.size() > reports().usm.size()) {
        switch (name.below(reports().usm).front()) {
            case 1: return SnmpTrouble::wrong_level;
            case 2: {
                // Some agents do not sign it. What is learned from it steers our own requests only.
                const bool new_time = message.time != time_at(now);
                if (!genuine && !new_time) return SnmpTrouble::not_in_time_window;
                set_time(message.time, now);
                return Learned{};
            }
            case 3: return SnmpTrouble::unknown_user;
            case 4: {
                const std::size_t size = message.engine_id.size();
                const bool same = std::ranges::equal(message.engine_id, bytes_of(engine_id_));
                if (size == 0 || size > longest_engine_id || same) return Nonsense{};
                adopt(message, now);
                return Learned{};
            }
            case 5:
            case 6: return SnmpTrouble::wrong_password;
            default: return SnmpTrouble::refused;
        }
    }
    // snmpUnavailableContexts, snmpUnknownContexts
    const bool context = name.within(reports().target) && name.size() > reports().target.size();
    if (context &&
        (name.below(reports().target).front() == 4 || name.below(reports().target).front() == 5))
        return SnmpTrouble::unknown_context;
    return SnmpTrouble::refused;
}

void UsmPeer::adopt(const V3Message& message, core::SteadyTime now) {
    engine_id_.assign(message.engine_id.begin(), message.engine_id.end());
    for (const auto& user : users_) {
        user->keys.reset();
        user->proven = false;
    }
    set_time(message.time, now);
}

void UsmPeer::set_time(EngineTime time, core::SteadyTime now) {
    time_ = time;
    time_since_ = now;
}

bool UsmPeer::privacy_proven(const SnmpCredentials& credentials) const {
    const User* user = known_user(credentials);
    return user != nullptr && user->proven;
}

bool UsmPeer::try_other_extension(const SnmpCredentials& credentials) {
    User* user = known_user(credentials);
    if (!known() || user == nullptr || user->proven) return false;
    if (!needs_extension(credentials.auth, credentials.priv)) return false;
    const bool reeder = user->extension == KeyExtension::reeder;
    user->extension = reeder ? KeyExtension::blumenthal : KeyExtension::reeder;
    user->keys.reset();
    return true;
}

}  // namespace rounds::probes
