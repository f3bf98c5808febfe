// Asking the agents of an office without a network.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "probes/snmp/message.hpp"
#include "tests/simulator/office.hpp"
#include "tests/support/answer_variables.hpp"

namespace rounds::simulator {

/// An office with one script; every question is asked at `now`.
class Talk {
 public:
    explicit Talk(const std::string& script);

    core::Microseconds now{0};
    std::string community = "public";
    core::SnmpVersion version = core::SnmpVersion::v2c;

    Office& office() { return office_; }
    struct Told {
        std::int64_t request_id = 0;
        probes::ErrorStatus status = probes::ErrorStatus::none;
        std::int64_t index = 0;
        std::vector<core::SnmpVariable> variables;
    };
    [[nodiscard]] static Told told(const probes::Answer& answer);
    /// Empty for silence.
    std::optional<Told> ask(const std::string& address, const probes::Question& question);
    /// The value of one object; null when it is refused or the agent is silent.
    core::SnmpValue get(const std::string& address, const std::string& oid);
    std::string text(const std::string& address, const std::string& oid);
    std::int64_t number(const std::string& address, const std::string& oid);
    /// Everything below 1, by GETNEXT, until the end or a name that is not greater; at most 5000.
    std::vector<core::SnmpVariable> walk(const std::string& address);

 private:
    Office office_;
};

}  // namespace rounds::simulator
