#include "probes/forwarding_probe.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/octets.hpp"

namespace rounds::probes {

namespace {

using core::Oid;
using core::SnmpVariable;
using Columns = std::vector<std::vector<SnmpVariable>>;
using Index = std::vector<Oid::Part>;

/// More addresses than a switch of an office can learn.
constexpr std::size_t most_variables = 200'000;
constexpr std::size_t octets_of_mac = 6;
constexpr std::int64_t invalid = 2,
                       self = 4;  // dot1dTpFdbStatus, dot1qTpFdbStatus; mgmt(5): by port security
constexpr std::int64_t operational = 1;
constexpr std::int64_t mac_subtype = 4;  // LldpChassisIdSubtype: macAddress
constexpr int silent_enough = 3;

const Oid& bridge_address() {  // BRIDGE-MIB dot1dBaseBridgeAddress
    static const Oid oid({1, 3, 6, 1, 2, 1, 17, 1, 1, 0});
    return oid;
}
const Oid& chassis_id_subtype() {  // LLDP-MIB lldpLocChassisIdSubtype
    static const Oid oid({1, 0, 8802, 1, 1, 2, 1, 3, 1, 0});
    return oid;
}
const Oid& chassis_id() {  // LLDP-MIB lldpLocChassisId
    static const Oid oid({1, 0, 8802, 1, 1, 2, 1, 3, 2, 0});
    return oid;
}
const Oid& port_if_index() {  // BRIDGE-MIB dot1dBasePortIfIndex
    static const Oid oid({1, 3, 6, 1, 2, 1, 17, 1, 4, 1, 2});
    return oid;
}
const Oid& fdb_entry() {  // BRIDGE-MIB dot1dTpFdbEntry: MAC
    static const Oid oid({1, 3, 6, 1, 2, 1, 17, 4, 3, 1});
    return oid;
}
const Oid& vlan_fdb_entry() {  // Q-BRIDGE-MIB dot1qTpFdbEntry: dot1qFdbId, MAC
    static const Oid oid({1, 3, 6, 1, 2, 1, 17, 7, 1, 2, 2, 1});
    return oid;
}
const Oid& physical_address() {  // IP-MIB ipNetToMediaPhysAddress: ifIndex, IPv4 address
    static const Oid oid({1, 3, 6, 1, 2, 1, 4, 22, 1, 2});
    return oid;
}
const Oid& vlan_state() {  // CISCO-VTP-MIB vtpVlanState: managementDomainIndex, VLAN
    static const Oid oid({1, 3, 6, 1, 4, 1, 9, 9, 46, 1, 3, 1, 1, 2});
    return oid;
}

/// What follows the column in a cell's name.
Index index_of(const SnmpVariable& cell, const Oid& entry) {
    const auto index = cell.name.below(entry).subspan(1);
    return {index.begin(), index.end()};
}

/// The address at an index' end; empty when there is none.
std::string mac_in(std::span<const Oid::Part> index) {
    if (index.size() < octets_of_mac) return {};
    const auto parts = index.last(octets_of_mac);
    std::string octets;
    for (const Oid::Part part : parts) {
        if (part > 255) return {};
        octets.push_back(static_cast<char>(part));
    }
    return core::with_colons(octets);
}

/// One agent's tables, one after the other.
class Reading {
 public:
    Reading(ports::SnmpAgent agent, ports::SnmpPort& port, core::SteadyTime deadline)
        : agent_(std::move(agent)), port_(port), deadline_(deadline) {}

    asio::awaitable<ForwardingTables> run() {
        co_await read_own();
        const auto vlans = co_await walk_one(agent_, "vtpVlanTable", vlan_state());
        co_await read_bridge(agent_, vlan_fdb_entry(), "dot1qTpFdbTable");
        if (tables_.learned.empty()) co_await read_bridge(agent_, fdb_entry(), "dot1dTpFdbTable");
        for (const SnmpVariable& vlan : vlans) {
            if (vlan.value.integer() != operational) continue;
            const auto number = vlan.name.parts().back();
            if (number >= 1002 && number <= 1005) continue;  // Token Ring and FDDI have no bridge
            co_await read_bridge(in_vlan(number), fdb_entry(), "dot1dTpFdbTable");
        }
        const auto rows = co_await walk_one(agent_, "ipNetToMediaTable", physical_address());
        for (const SnmpVariable& row : rows) add_owner(row);
        co_return std::move(tables_);
    }

 private:
    asio::awaitable<void> read_own() {
        std::vector<Oid> names{bridge_address(), chassis_id_subtype(), chassis_id()};
        const auto got = co_await port_.get(agent_, std::move(names), deadline_);
        const auto* values = got ? std::get_if<std::vector<SnmpVariable>>(&*got) : nullptr;
        if (values == nullptr || values->size() != 3) co_return;
        const auto add = [this](const core::SnmpValue& value) {
            const auto* bytes = value.bytes();
            if (bytes != nullptr && bytes->size() == octets_of_mac)
                tables_.own.insert(core::with_colons(*bytes));
        };
        add((*values)[0].value);
        if ((*values)[1].value.integer() == mac_subtype) add((*values)[2].value);
    }

    asio::awaitable<std::vector<SnmpVariable>> walk_one(ports::SnmpAgent agent, const char* name,
                                                        Oid column) {
        std::vector<Oid> columns(1, column);
        auto rows = co_await walk(std::move(agent), name, std::move(columns));
        co_return std::move(rows[0]);
    }

    asio::awaitable<Columns> walk(ports::SnmpAgent agent, const char* name,
                                  std::vector<Oid> columns) {
        Columns rows(columns.size());
        if (silent_ >= silent_enough) co_return rows;
        const bool of_a_vlan = agent.credentials != agent_.credentials;
        const ports::SnmpBounds bounds{.variables = most_variables, .deadline = deadline_};
        auto got = co_await port_.walk(std::move(agent), std::move(columns), bounds);
        heed(got, name, of_a_vlan);
        if (got) std::ranges::move(got->columns, rows.begin());
        co_return rows;
    }

    void heed(const core::Result<ports::SnmpTable>& got, const char* name, bool of_a_vlan) {
        using End = ports::SnmpTable::End;
        const bool late = !got || got->end == End::deadline;
        const bool silent = late || got->trouble == core::SnmpTrouble::timeout;
        if (silent && !late && of_a_vlan) return;  // many have no port here, and say nothing
        silent_ = late ? silent_enough : silent ? silent_ + 1 : 0;
        if (!late && got->end == End::whole) return;
        tables_.missing.push_back({silent ? core::MessageId::reason_table_silent
                                   : got->end == End::trouble
                                       ? core::MessageId::reason_table_refused
                                       : core::MessageId::reason_table_cut,
                                   {{"table", std::string(name)}}});
    }

    /// Columns 2 (port) and 3 (status) of either table; the address is at the end of both's index.
    asio::awaitable<void> read_bridge(ports::SnmpAgent agent, Oid entry, const char* name) {
        std::vector<Oid> columns(1, entry.with(2));
        columns.push_back(entry.with(3));
        const auto rows = co_await walk(agent, name, std::move(columns));
        if (rows[0].empty()) co_return;
        const auto base =
            co_await walk_one(std::move(agent), "dot1dBasePortTable", port_if_index());
        add_learned(base, rows, entry);
    }

    /// Bridge ports are numbered as interfaces are, unless the agent says otherwise.
    void add_learned(const std::vector<SnmpVariable>& base, const Columns& rows, const Oid& entry) {
        std::map<std::int64_t, std::int64_t> if_indexes;
        for (const SnmpVariable& row : base)
            if_indexes[row.name.parts().back()] = row.value.integer().value_or(0);
        std::set<Index> not_learned;
        for (const SnmpVariable& row : rows[1]) {
            const auto status = row.value.integer();
            if (status == invalid || status == self) not_learned.insert(index_of(row, entry));
        }
        for (const SnmpVariable& row : rows[0]) {
            const Index index = index_of(row, entry);
            const auto number = row.value.integer().value_or(0);
            const auto port = if_indexes.find(number);
            const bool is_port = if_indexes.empty() ? number > 0 : port != if_indexes.end();
            const auto mac = mac_in(index);
            if (is_port && !mac.empty() && !not_learned.contains(index))
                tables_.learned[mac].insert(if_indexes.empty() ? number : port->second);
        }
    }

    /// The index is ifIndex and the four octets.
    void add_owner(const SnmpVariable& row) {
        const auto* bytes = row.value.bytes();
        const auto index = row.name.below(physical_address());
        if (bytes == nullptr || bytes->size() != octets_of_mac || index.size() != 5) return;
        tables_.owners.emplace(fmt::format("{}.{}.{}.{}", index[1], index[2], index[3], index[4]),
                               core::with_colons(*bytes));
    }

    [[nodiscard]] ports::SnmpAgent in_vlan(Oid::Part vlan) const {
        auto credentials = std::make_shared<core::SnmpCredentials>(*agent_.credentials);
        if (credentials->version == core::SnmpVersion::v3) {
            credentials->context = fmt::format("vlan-{}", vlan);
        } else {
            credentials->community += fmt::format("@{}", vlan);
        }
        auto plan = agent_.plan;
        plan.retries = 0;  // VLANs without ports are often silent
        return {agent_.address, std::move(credentials), plan};
    }

    ports::SnmpAgent agent_;
    ports::SnmpPort& port_;
    core::SteadyTime deadline_;
    ForwardingTables tables_;
    int silent_ = 0;  ///< Walks in a row without an answer: it is not asked to the end.
};

}  // namespace

asio::awaitable<ForwardingTables> read_forwarding(ports::SnmpAgent agent, ports::SnmpPort& port,
                                                  core::SteadyTime deadline) {
    Reading reading(std::move(agent), port, deadline);
    co_return co_await reading.run();
}

}  // namespace rounds::probes
