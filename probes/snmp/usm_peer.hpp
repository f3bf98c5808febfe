// An agent's SNMPv3 engine as we know it, and talking to it (RFC 3414 §3).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/result.hpp"
#include "core/snmp.hpp"
#include "core/time.hpp"
#include "probes/snmp/usm_keys.hpp"
#include "probes/snmp/v3_message.hpp"

namespace rounds::probes {

/// One per address and port, not per engine ID: devices cloned with their engine ID each keep their own time.
class UsmPeer {
 public:
    /// What a datagram turned out to be.
    struct Learned {};   ///< The engine's ID or time: what was asked must be asked again.
    struct Nonsense {};  ///< Not to be believed, or no answer.
    /// An answer. Moved, never copied: it may lie in `plain`.
    struct Told {
        Told(const Answer& told, Bytes in) : answer(told), plain(std::move(in)) {}
        Told(const Told&) = delete;
        Told& operator=(const Told&) = delete;
        Told(Told&&) noexcept = default;
        Told& operator=(Told&&) noexcept = default;
        ~Told() = default;

        Answer answer;
        Bytes plain;  ///< What it lies in when it was encrypted; else that is the datagram.
    };
    using Opened = std::variant<Told, core::SnmpTrouble, Learned, Nonsense>;

    UsmPeer() = default;
    UsmPeer(const UsmPeer&) = delete;
    UsmPeer& operator=(const UsmPeer&) = delete;
    ~UsmPeer() = default;

    /// Is there an engine ID to send to? Else seal() writes a discovery (RFC 3414 §4).
    [[nodiscard]] bool known() const { return !engine_id_.empty(); }
    [[nodiscard]] EngineTime time_at(core::SteadyTime now) const;

    /// A datagram that asks. Error invalid_input: a password of less than 8 characters.
    core::Result<Bytes> seal(PasswordKeys& passwords, const core::SnmpCredentials& credentials,
                             const Question& question, std::int32_t message_id,
                             std::int32_t request_id, core::SteadyTime now);

    /// What is in a datagram that came for these credentials. An answer has the level it was asked with.
    Opened open(PasswordKeys& passwords, const core::SnmpCredentials& credentials,
                ByteView datagram, core::SteadyTime now);

    /// Has an encrypted answer to these credentials been read?
    [[nodiscard]] bool privacy_proven(const core::SnmpCredentials& credentials) const;
    /// An agent that keeps silent to encrypted requests may make its key longer the other way: true when there
    /// is another way, which seal() then takes for this user until one has been answered.
    bool try_other_extension(const core::SnmpCredentials& credentials);

 private:
    /// Whom an agent knows by one name and one set of passwords, in whatever context. What is learned of one
    /// says nothing of another: an agent may hold keys of both extensions.
    struct User {
        core::SnmpCredentials credentials;
        KeyExtension extension = KeyExtension::reeder;
        std::optional<UsmKeys> keys;  ///< Empty: to be made for this engine.
        bool proven = false;          ///< An encrypted answer was read with them.
        ~User();                      ///< Wipes the passwords.
    };
    [[nodiscard]] User* known_user(const core::SnmpCredentials& credentials) const;
    User* user_of(PasswordKeys& passwords, const core::SnmpCredentials& credentials);
    Bytes sealed(const V3Message& message, const core::SnmpCredentials& credentials,
                 const UsmKeys& keys) const;
    [[nodiscard]] bool genuine(const V3Message& message, ByteView datagram,
                               const core::SnmpCredentials& credentials, const UsmKeys& keys) const;
    Opened hear_report(const V3Message& message, const Answer& report, bool genuine,
                       core::SteadyTime now);
    void adopt(const V3Message& message, core::SteadyTime now);
    void set_time(EngineTime time, core::SteadyTime now);

    std::string engine_id_;  ///< Bytes.
    EngineTime time_;
    core::SteadyTime time_since_;               ///< When time_ was right.
    std::vector<std::unique_ptr<User>> users_;  ///< The one asked for last stands last.
    std::optional<std::uint64_t> salt_count_;   ///< Begins anywhere, when the first is needed.
};

}  // namespace rounds::probes
