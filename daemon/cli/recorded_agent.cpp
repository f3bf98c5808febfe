#include "daemon/cli/recorded_agent.hpp"

#include <utility>

namespace rounds::daemon {

asio::awaitable<core::Result<ports::SnmpAnswer>> RecordedAgent::get(ports::SnmpAgent,
                                                                    std::vector<core::Oid> names,
                                                                    core::SteadyTime) {
    std::vector<core::SnmpVariable> variables;
    for (core::Oid& name : names) {
        const auto found = recording_.find(name);
        core::SnmpValue value{core::SnmpValue::Type::no_such_object, {}};
        if (found != recording_.end()) value = found->second;
        variables.push_back({std::move(name), std::move(value)});
    }
    co_return ports::SnmpAnswer(std::move(variables));
}

asio::awaitable<core::Result<ports::SnmpTable>> RecordedAgent::walk(ports::SnmpAgent,
                                                                    std::vector<core::Oid> columns,
                                                                    ports::SnmpBounds) {
    ports::SnmpTable table;
    for (const core::Oid& column : columns) {
        auto& cells = table.columns.emplace_back();
        for (auto at = recording_.upper_bound(column);
             at != recording_.end() && at->first.within(column); ++at)
            cells.push_back({at->first, at->second});
    }
    co_return table;
}

}  // namespace rounds::daemon
