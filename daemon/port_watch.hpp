// What the ports of a device carry from look to look: theirs, and that of the links which leave through them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "core/check_item.hpp"
#include "core/facts.hpp"
#include "core/port_traffic.hpp"
#include "daemon/store/sample_store.hpp"

namespace rounds::daemon {

/// Of ports there are many: those that are monitored are the ones people ask about, and those of links.
class PortWatch {
 public:
    struct Seen {
        std::vector<core::ItemFinding> findings;  ///< Of monitored ports.
        std::vector<store::Sample> samples;       ///< Of ports and links.
        /// Each link but those whose port is seen for the first time, with the finding if it can be judged: not if no
        /// port is called as the link says.
        std::map<const core::Link*, std::optional<core::ItemFinding>> links;
    };
    /// When a look was taken.
    struct Moment {
        core::WallTime wall;
        core::SteadyTime steady;
    };

    /// `links`: those of this device. Of a port that is seen for the first time nothing can be said yet.
    [[nodiscard]] Seen look(const core::SubjectId& device, const core::Facts& facts,
                            const core::ItemRules& rules, std::span<const core::Link* const> links,
                            const Moment& at);

 private:
    std::map<std::int64_t, core::PortReading> last_;  ///< By ifIndex.
};

}  // namespace rounds::daemon
