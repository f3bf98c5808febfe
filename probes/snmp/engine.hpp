// SNMP to many agents over one socket per family.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "ports/clock.hpp"
#include "ports/snmp_port.hpp"

namespace rounds::probes {

/// The SnmpPort of production. Messages are written and read by this room's own codec, so that one agent's
/// broken object, engine or table stays its own; keys, digests and ciphers of SNMPv3 are net-snmp's. Lives on
/// `executor`'s thread and never blocks it, but for some milliseconds when a password is used for the first time.
class SnmpEngine final : public ports::SnmpPort {
 public:
    /// Datagrams since the start. Answers are read while any request is under way; what arrives between is
    /// counted at the next one.
    struct Counters {
        std::uint64_t sent = 0, resent = 0;
        std::uint64_t received = 0;  ///< Answers that were taken.
        std::uint64_t foreign = 0;   ///< Right in all but the address they came from.
        std::uint64_t late = 0;      ///< To a request that is over: also duplicates.
        std::uint64_t nonsense = 0;
    };

    /// SNMPv3 agents of unknown engine that are asked at a time; the others wait in line.
    static constexpr std::size_t discoveries_at_once = 64;

    SnmpEngine(asio::any_io_executor executor, ports::Clock& clock);
    /// Requests under way end with unavailable.
    ~SnmpEngine() override;

    [[nodiscard]] const Counters& counters() const;

    asio::awaitable<core::Result<ports::SnmpAnswer>> get(ports::SnmpAgent agent,
                                                         std::vector<core::Oid> names,
                                                         core::SteadyTime deadline) override;
    asio::awaitable<core::Result<ports::SnmpTable>> walk(ports::SnmpAgent agent,
                                                         std::vector<core::Oid> columns,
                                                         ports::SnmpBounds bounds) override;

 private:
    class Inside;
    std::shared_ptr<Inside> inside_;  ///< Shared with the coroutines that wait.
};

}  // namespace rounds::probes
