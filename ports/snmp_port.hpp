// The edge of SNMP.
#pragma once

#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "core/result.hpp"
#include "core/snmp.hpp"
#include "ports/asio.hpp"

namespace rounds::ports {

/// One agent and how it is asked.
struct SnmpAgent {
    asio::ip::address address;
    std::shared_ptr<const core::SnmpCredentials> credentials;  ///< Never null.
    core::SnmpPlan plan;
};

/// The values in the order of the names asked, one each; or why there are none.
using SnmpAnswer = std::variant<std::vector<core::SnmpVariable>, core::SnmpTrouble>;

/// What a walk is allowed.
struct SnmpBounds {
    std::size_t variables = 50'000;  ///< In all columns together.
    core::SteadyTime deadline = core::SteadyTime::max();
};

/// What a walk brought.
struct SnmpTable {
    /// By column as asked, then by name; each strictly greater than the one before, each within its column.
    std::vector<std::vector<core::SnmpVariable>> columns;
    /// How it ended when not at the table's end; what came before stays usable.
    enum class End { whole, bound, deadline, not_increasing, trouble };
    End end = End::whole;
    std::optional<core::SnmpTrouble> trouble;  ///< With End::trouble.
};

/// Used on the loop thread only; outlives every coroutine that uses it. At most one request is in flight per
/// agent (address and port): others wait their turn. Cancellation as Clock::sleep_until.
class SnmpPort {
 public:
    virtual ~SnmpPort() = default;

    /// One GET, cut into several when the agent says tooBig or the names are many. A v1 agent's noSuchName becomes
    /// no_such_object for that name alone. Errors: unavailable (no socket, no route), no_permission.
    virtual asio::awaitable<core::Result<SnmpAnswer>> get(SnmpAgent agent,
                                                          std::vector<core::Oid> names,
                                                          core::SteadyTime deadline) = 0;

    /// Walks columns side by side (GETBULK; GETNEXT for v1 and for agents that do not know GETBULK).
    virtual asio::awaitable<core::Result<SnmpTable>> walk(SnmpAgent agent,
                                                          std::vector<core::Oid> columns,
                                                          SnmpBounds bounds) = 0;
};

}  // namespace rounds::ports
