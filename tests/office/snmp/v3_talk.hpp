// The engine of production asks the agents of an office by SNMPv3, over loopback.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "tests/office/snmp/loopback_office.hpp"
#include "tests/probes/snmp_asker.hpp"

namespace rounds::simulator {

/// A user as a script has it.
[[nodiscard]] inline std::string written(const SnmpUser& user) {
    std::string text = "{user: " + user.name;
    if (user.auth != core::SnmpAuth::none)
        text += fmt::format(", auth: {}, auth_password: {}", word(user.auth), user.auth_password);
    if (user.priv != core::SnmpPriv::none)
        text += fmt::format(", priv: {}, priv_password: {}", word(user.priv), user.priv_password);
    return text + (user.cisco_keys ? ", cisco_keys: true}" : "}");
}

/// sysName, or why there is none.
using Said = std::variant<std::string, core::SnmpTrouble>;

class V3Talk {
 public:
    explicit V3Talk(const std::string& script) : office(asker.loop.get_executor(), script) {}

    [[nodiscard]] ports::SnmpAgent agent(const std::string& address, const SnmpUser& by,
                                         const std::string& context = {}) const {
        core::SnmpCredentials credentials;
        credentials.name = by.name;
        credentials.version = core::SnmpVersion::v3;
        credentials.port = office.port();
        credentials.user = by.name;
        credentials.auth = by.auth;
        credentials.auth_password = by.auth_password;
        credentials.priv = by.priv;
        credentials.priv_password = by.priv_password;
        credentials.context = context;
        return probes::SnmpAsker::agent(credentials, address.c_str());
    }
    /// Where silence is expected.
    [[nodiscard]] static ports::SnmpAgent hurried(ports::SnmpAgent agent, int timeout_ms,
                                                  int retries) {
        agent.plan.timeout = core::Duration{timeout_ms};
        agent.plan.retries = retries;
        return agent;
    }

    /// All are asked for sysName at the same time.
    std::vector<Said> names(const std::vector<ports::SnmpAgent>& agents) {
        std::vector<std::shared_ptr<probes::SnmpAsker::Asked<ports::SnmpAnswer>>> asked;
        for (const auto& agent : agents) asked.push_back(asker.start_get(agent, {sys_name}));
        std::vector<Said> said;
        for (const auto& one : asked) said.push_back(said_by(asker.wait_for(one).value()));
        return said;
    }

    const core::Oid sys_name{{1, 3, 6, 1, 2, 1, 1, 5, 0}};
    probes::SnmpAsker asker;
    LoopbackOffice office;  ///< On the asker's loop.

 private:
    static Said said_by(const ports::SnmpAnswer& answer) {
        if (const auto* trouble = std::get_if<core::SnmpTrouble>(&answer)) return *trouble;
        const auto& variables = std::get<0>(answer);
        const auto* bytes = variables.size() == 1 ? variables[0].value.bytes() : nullptr;
        return bytes != nullptr ? *bytes : "(no text)";
    }
};

}  // namespace rounds::simulator
