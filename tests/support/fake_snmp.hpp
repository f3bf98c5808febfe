// Agents whose truth is known: what each address answers to SNMP, and when it does not.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/snmp.hpp"
#include "core/time.hpp"
#include "ports/clock.hpp"
#include "ports/snmp_port.hpp"

namespace rounds::tests {

/// Values by their SMI type, for scripts.
[[nodiscard]] core::SnmpValue integer(std::int64_t value);
[[nodiscard]] core::SnmpValue octets(std::string bytes);
[[nodiscard]] core::SnmpValue oid(std::string_view text);
[[nodiscard]] core::SnmpValue counter32(std::uint64_t value);
[[nodiscard]] core::SnmpValue counter64(std::uint64_t value);
[[nodiscard]] core::SnmpValue gauge32(std::uint64_t value);
[[nodiscard]] core::SnmpValue ticks(std::uint64_t hundredths);

/// Answers GET and walks from a list of variables per address, at once. Who has none is silent, and silence takes all
/// its timeouts on the clock.
class FakeSnmp final : public ports::SnmpPort {
 public:
    explicit FakeSnmp(ports::Clock& clock) : clock_(clock) {}

    /// Sets one value of an agent; the first one makes it answer. "10.1.3.1@12" is what 10.1.3.1 answers to a community
    /// that ends so, "10.1.3.1@vlan-12" to that context.
    void set(const std::string& address, std::string_view name, core::SnmpValue value);
    void set(const std::string& address, const std::vector<core::SnmpVariable>& variables);
    /// Takes away everything at or below a name.
    void erase(const std::string& address, std::string_view root);
    /// A value that is a matter of time: asked anew for each answer.
    using Moving = std::function<core::SnmpValue(core::WallTime)>;
    void move(const std::string& address, std::string_view name, Moving value);

    /// Silent in [from, until).
    void silence(const std::string& address, core::Period period);
    /// Answers nothing but this trouble from now on; empty: answers again.
    void trouble(const std::string& address, std::optional<core::SnmpTrouble> trouble);
    /// Walks at or below this root end so, after the rows that are there.
    void break_table(const std::string& address, std::string_view root, ports::SnmpTable::End end,
                     std::optional<core::SnmpTrouble> trouble = std::nullopt);
    /// Silent after this many more requests.
    void die_after(const std::string& address, int requests);

    asio::awaitable<core::Result<ports::SnmpAnswer>> get(ports::SnmpAgent agent,
                                                         std::vector<core::Oid> names,
                                                         core::SteadyTime deadline) override;
    asio::awaitable<core::Result<ports::SnmpTable>> walk(ports::SnmpAgent agent,
                                                         std::vector<core::Oid> columns,
                                                         ports::SnmpBounds bounds) override;

    /// Has the agent a value of this name?
    [[nodiscard]] bool has(const std::string& address, const core::Oid& name) const;
    /// GETs and walks so far, the unanswered ones too.
    [[nodiscard]] int requests() const { return requests_; }
    [[nodiscard]] int requests_to(const std::string& address) const {
        const auto found = requests_to_.find(address);
        return found == requests_to_.end() ? 0 : found->second;
    }
    /// Every name and column asked so far.
    [[nodiscard]] const std::vector<core::Oid>& asked() const { return asked_; }

 private:
    struct Broken {
        ports::SnmpTable::End end = ports::SnmpTable::End::whole;
        std::optional<core::SnmpTrouble> trouble;
    };
    struct Agent {
        std::map<core::Oid, Moving> values;
        std::vector<core::Period> silent;
        std::optional<core::SnmpTrouble> trouble;
        std::map<core::Oid, Broken> broken;
        std::optional<int> left;
    };
    /// The agent, when it answers this request; null after its silence has passed.
    asio::awaitable<Agent*> ask(ports::SnmpAgent agent, core::SteadyTime deadline);
    [[nodiscard]] std::vector<core::SnmpVariable> column_of(const Agent& agent,
                                                            const core::Oid& root) const;

    ports::Clock& clock_;
    std::map<std::string, Agent> agents_;
    std::vector<core::Oid> asked_;
    int requests_ = 0;
    std::map<std::string, int> requests_to_;
};

}  // namespace rounds::tests
