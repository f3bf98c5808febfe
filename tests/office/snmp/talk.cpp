#include "tests/office/snmp/talk.hpp"

#include <stdexcept>

#include "tests/simulator/script_reader.hpp"

namespace rounds::simulator {
namespace {

Script script_of(const std::string& text) {
    auto read = read_script(text, "office.yaml");
    if (!read.problems.empty()) throw std::runtime_error(read.problems.front());
    return std::move(read.script);
}

}  // namespace

Talk::Talk(const std::string& script) : office_(script_of(script)) {}

Talk::Told Talk::told(const probes::Answer& answer) {
    return {answer.request_id, answer.status, answer.index, tests::variables_of(answer)};
}

std::optional<Talk::Told> Talk::ask(const std::string& address, const probes::Question& question) {
    const auto datagram = probes::write_message(version, community, question, 77);
    const auto told = office_.tell(asio::ip::make_address(address), datagram, now);
    const auto answer = told ? probes::read_message(told->message) : std::nullopt;
    if (!answer) return std::nullopt;
    return Talk::told(*answer);
}

core::SnmpValue Talk::get(const std::string& address, const std::string& oid) {
    const auto answer = ask(address, {.names = {core::Oid::parse(oid).value()}});
    if (!answer || answer->status != probes::ErrorStatus::none) return {};
    return answer->variables.at(0).value;
}

std::string Talk::text(const std::string& address, const std::string& oid) {
    const auto value = get(address, oid);
    return value.bytes() != nullptr ? *value.bytes() : "(no text)";
}

std::int64_t Talk::number(const std::string& address, const std::string& oid) {
    return get(address, oid).integer().value_or(-999);
}

std::vector<core::SnmpVariable> Talk::walk(const std::string& address) {
    std::vector<core::SnmpVariable> all;
    core::Oid last({1});
    while (all.size() < 5000) {
        const auto answer =
            ask(address, {.kind = probes::Question::Kind::get_next, .names = {last}});
        if (!answer || answer->status != probes::ErrorStatus::none) break;
        const auto& variable = answer->variables.at(0);
        if (!variable.value.present() || variable.name <= last) break;
        last = variable.name;
        all.push_back(variable);
    }
    return all;
}

}  // namespace rounds::simulator
