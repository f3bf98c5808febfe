#include "tests/support/fake_snmp.hpp"

#include <algorithm>
#include <utility>

namespace rounds::tests {

namespace {

using core::Oid;
using core::SnmpTrouble;
using core::SnmpValue;
using Type = SnmpValue::Type;

Oid parsed(std::string_view text) {
    return Oid::parse(text).value();
}

}  // namespace

SnmpValue integer(std::int64_t value) {
    return {Type::integer, value};
}
SnmpValue octets(std::string bytes) {
    return {Type::octets, std::move(bytes)};
}
SnmpValue oid(std::string_view text) {
    return {Type::oid, parsed(text)};
}
SnmpValue counter32(std::uint64_t value) {
    return {Type::counter32, value};
}
SnmpValue counter64(std::uint64_t value) {
    return {Type::counter64, value};
}
SnmpValue gauge32(std::uint64_t value) {
    return {Type::gauge32, value};
}
SnmpValue ticks(std::uint64_t hundredths) {
    return {Type::time_ticks, hundredths};
}

void FakeSnmp::set(const std::string& address, std::string_view name, SnmpValue value) {
    move(address, name, [value = std::move(value)](core::WallTime) { return value; });
}

void FakeSnmp::set(const std::string& address, const std::vector<core::SnmpVariable>& variables) {
    for (const auto& [name, value] : variables) {
        agents_[address].values[name] = [value = value](core::WallTime) { return value; };
    }
}

void FakeSnmp::erase(const std::string& address, std::string_view root) {
    std::erase_if(agents_[address].values,
                  [root = parsed(root)](const auto& entry) { return entry.first.within(root); });
}

bool FakeSnmp::has(const std::string& address, const Oid& name) const {
    const auto agent = agents_.find(address);
    return agent != agents_.end() && agent->second.values.contains(name);
}

void FakeSnmp::move(const std::string& address, std::string_view name, Moving value) {
    agents_[address].values[parsed(name)] = std::move(value);
}

void FakeSnmp::silence(const std::string& address, core::Period period) {
    agents_[address].silent.push_back(period);
}

void FakeSnmp::trouble(const std::string& address, std::optional<SnmpTrouble> trouble) {
    agents_[address].trouble = trouble;
}

void FakeSnmp::break_table(const std::string& address, std::string_view root,
                           ports::SnmpTable::End end, std::optional<SnmpTrouble> trouble) {
    agents_[address].broken[parsed(root)] = {end, trouble};
}

void FakeSnmp::die_after(const std::string& address, int requests) {
    agents_[address].left = requests;
}

namespace {

/// Under which name an agent's answers were set.
std::string key_of(const ports::SnmpAgent& agent) {
    const auto& credentials = *agent.credentials;
    std::string key = agent.address.to_string();
    const auto at = credentials.community.find('@');
    if (at != std::string::npos) return key + credentials.community.substr(at);
    return credentials.context.empty() ? key : key + "@" + credentials.context;
}

}  // namespace

asio::awaitable<FakeSnmp::Agent*> FakeSnmp::ask(ports::SnmpAgent agent, core::SteadyTime deadline) {
    ++requests_;
    ++requests_to_[agent.address.to_string()];
    const auto found = agents_.find(key_of(agent));
    const auto now = clock_.wall();
    const bool silent =
        found == agents_.end() || found->second.left == 0 || found->second.values.empty() ||
        std::ranges::any_of(found->second.silent, [&](const auto& p) { return p.contains(now); });
    if (!silent) {
        if (found->second.left) --*found->second.left;
        co_return &found->second;
    }
    const auto patience = agent.plan.timeout * (agent.plan.retries + 1);
    co_await clock_.sleep_until(std::min(deadline, clock_.now() + patience));
    co_return nullptr;
}

asio::awaitable<core::Result<ports::SnmpAnswer>> FakeSnmp::get(ports::SnmpAgent agent,
                                                               std::vector<Oid> names,
                                                               core::SteadyTime deadline) {
    asked_.insert(asked_.end(), names.begin(), names.end());
    Agent* answering = co_await ask(agent, deadline);
    if (answering == nullptr) co_return ports::SnmpAnswer(SnmpTrouble::timeout);
    if (answering->trouble) co_return ports::SnmpAnswer(*answering->trouble);
    std::vector<core::SnmpVariable> variables;
    for (const Oid& name : names) {
        const auto value = answering->values.find(name);
        const SnmpValue none{Type::no_such_object, {}};
        variables.push_back(
            {name, value == answering->values.end() ? none : value->second(clock_.wall())});
    }
    co_return ports::SnmpAnswer(std::move(variables));
}

std::vector<core::SnmpVariable> FakeSnmp::column_of(const Agent& agent, const Oid& root) const {
    std::vector<core::SnmpVariable> column;
    for (auto at = agent.values.upper_bound(root);
         at != agent.values.end() && at->first.within(root); ++at)
        column.push_back({at->first, at->second(clock_.wall())});
    return column;
}

asio::awaitable<core::Result<ports::SnmpTable>> FakeSnmp::walk(ports::SnmpAgent agent,
                                                               std::vector<Oid> columns,
                                                               ports::SnmpBounds bounds) {
    asked_.insert(asked_.end(), columns.begin(), columns.end());
    Agent* answering = co_await ask(agent, bounds.deadline);
    ports::SnmpTable table;
    table.columns.resize(columns.size());
    if (answering == nullptr || answering->trouble) {
        table.end = ports::SnmpTable::End::trouble;
        table.trouble = answering == nullptr ? SnmpTrouble::timeout : *answering->trouble;
        co_return table;
    }
    std::size_t left = bounds.variables;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        table.columns[i] = column_of(*answering, columns[i]);
        if (table.columns[i].size() > left) {
            table.columns[i].resize(left);
            table.end = ports::SnmpTable::End::bound;
        }
        left -= table.columns[i].size();
        for (const auto& [root, broken] : answering->broken) {
            if (!columns[i].within(root)) continue;
            table.end = broken.end;
            table.trouble = broken.trouble;
        }
    }
    co_return table;
}

}  // namespace rounds::tests
