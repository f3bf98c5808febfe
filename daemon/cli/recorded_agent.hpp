// A recording in the place of a device.
#pragma once

#include "daemon/cli/recording.hpp"
#include "ports/snmp_port.hpp"

namespace rounds::daemon {

/// Answers at once, whatever agent is asked, and to the end of each table.
class RecordedAgent final : public ports::SnmpPort {
 public:
    explicit RecordedAgent(Recording recording) : recording_(std::move(recording)) {}

    asio::awaitable<core::Result<ports::SnmpAnswer>> get(ports::SnmpAgent agent,
                                                         std::vector<core::Oid> names,
                                                         core::SteadyTime deadline) override;
    asio::awaitable<core::Result<ports::SnmpTable>> walk(ports::SnmpAgent agent,
                                                         std::vector<core::Oid> columns,
                                                         ports::SnmpBounds bounds) override;

 private:
    Recording recording_;
};

}  // namespace rounds::daemon
