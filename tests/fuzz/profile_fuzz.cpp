// libFuzzer: any text as a profile, and whatever it asks for answered with anything. Up to the first zero byte the input
// is the profile; the rest is what the agent says.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include "config/encoding.hpp"
#include "config/profiles.hpp"
#include "core/check_item.hpp"
#include "core/packed_standing.hpp"
#include "core/reading.hpp"
#include "core/standing.hpp"
#include "core/utf8.hpp"

namespace {

using namespace rounds;
using Type = core::SnmpValue::Type;

/// An agent that says what the bytes say, and nothing when there are no more.
class Agent {
 public:
    explicit Agent(std::string_view bytes) : bytes_(bytes) {}

    core::SnmpValue value() {
        const int kind = byte() % 12;
        switch (kind) {
            case 0: return {Type::integer, number<std::int64_t>()};
            case 1: return {Type::integer, std::int64_t{byte()} - 3};
            case 2: return {Type::gauge32, number<std::uint64_t>() & 0xffffffffU};
            case 3: return {Type::counter64, number<std::uint64_t>()};
            case 4: return {Type::time_ticks, number<std::uint64_t>() & 0xffffffffU};
            case 5: return {Type::real, static_cast<double>(number<std::int64_t>()) / 1000.0};
            case 6: return {Type::oid, oid()};
            case 7: return {Type::ip_address, std::string(take(4)) + std::string(4, '\1')};
            case 8: return {Type::no_such_instance, {}};
            case 9: return {Type::null, {}};
            default: return {Type::octets, std::string(take(byte() % 40))};
        }
    }
    /// The rows of a column: a few, with indices of one or two parts.
    std::vector<core::SnmpVariable> cells(const core::Oid& column) {
        std::vector<core::SnmpVariable> found;
        for (int row = byte() % 5; row > 0; --row) {
            auto name = column.with(byte() % 4U);
            if (byte() % 2 == 0) name = name.with(number<std::uint32_t>() % 300);
            found.push_back({name, value()});
        }
        return found;
    }

 private:
    std::string_view take(std::size_t most) {
        const auto taken = bytes_.substr(0, most);
        bytes_.remove_prefix(taken.size());
        return taken;
    }
    unsigned byte() {
        const auto one = take(1);
        return one.empty() ? 9U : static_cast<unsigned char>(one[0]);
    }
    template <class Number>
    Number number() {
        std::uint64_t whole = 0;
        for (const char c : take(byte() % 9)) whole = whole << 8U | static_cast<unsigned char>(c);
        return static_cast<Number>(whole);
    }
    core::Oid oid() {
        auto made = core::Oid::parse("1.3.6.1.2.1").value();
        for (unsigned parts = byte() % 6; parts > 0; --parts)
            made = made.with(number<std::uint32_t>());
        return made;
    }

    std::string_view bytes_;
};

/// All texts of facts are readable: valid UTF-8 and no control characters.
void check(const std::string& text) {
    for (std::string_view rest = text; !rest.empty();) {
        const auto point = core::first_code_point(rest);
        const bool is_control = point.value < 0x20 || (point.value >= 0x7f && point.value < 0xa0);
        if (!point.valid || is_control) std::abort();
        rest.remove_prefix(point.bytes);
    }
}

void check(const core::Facts& facts) {
    for (const auto* text : {&facts.device.vendor, &facts.device.model, &facts.device.serial,
                             &facts.device.version, &facts.device.sys_name})
        check(*text);
    for (const auto& port : facts.interfaces) {
        for (const auto* text : {&port.name, &port.descr, &port.alias, &port.type, &port.mac})
            check(*text);
    }
    for (const auto& supply : facts.supplies) {
        check(supply.descr);
        if (supply.percent && !(*supply.percent >= 0 && *supply.percent <= 100)) std::abort();
    }
    for (const auto& finding : core::judge(facts, {}, {})) {
        check(finding.instance);
        if (finding.message) check(core::render(*finding.message, {}));
    }
}

/// As a probe does: asks until nothing is left, and nothing twice.
core::Answers ask(const core::Profile& profile, Agent& agent) {
    core::Answers answers;
    answers.add_scalar(core::sys_descr_name(), agent.value());
    answers.add_scalar(core::sys_object_id_name(), agent.value());
    std::set<core::Oid> asked{core::sys_descr_name(), core::sys_object_id_name()};
    for (auto plan = core::what_to_ask(profile, answers); !plan.empty();
         plan = core::what_to_ask(profile, answers)) {
        for (const auto& name : plan.scalars) {
            if (!asked.insert(name).second) std::abort();
            answers.add_scalar(name, agent.value());
        }
        for (const auto& table : plan.tables) {
            for (const auto& column : table.columns) {
                if (!asked.insert(column).second) std::abort();
                answers.add_column(column, agent.cells(column));
            }
        }
    }
    return answers;
}

std::vector<core::SnmpVariable> cells_of(const core::Answers& answers, const core::Oid& column) {
    std::vector<core::SnmpVariable> cells;
    for (const auto& row : answers.rows({&column, 1}))
        cells.push_back({column.with(row), *answers.cell(column, row)});
    return cells;
}

/// What a look at what moves reads when nothing has moved.
core::Facts read_when_known(const core::Recognised& recognised, const core::Answers& answers) {
    const auto decode = config::from_gb18030;
    auto known =
        core::PackedStanding(core::standing_of(recognised, answers, decode, {})).unpacked();
    std::vector<core::SnmpVariable> values;
    const auto add = [&](const core::Oid& name, const core::SnmpValue* value) {
        values.push_back({name, value == nullptr ? core::SnmpValue{} : *value});
    };
    for (const auto& name : known.scalars) add(name, answers.scalar(name));
    for (const auto& table : known.tables) {
        if (table.passing) continue;
        for (const auto& row : table.rows)
            for (const auto& column : table.columns)
                add(column.with(row), answers.cell(column, row));
    }
    auto now = core::renewed(known, std::move(values));
    if (!core::is_still(known, now, known.taken)) std::abort();
    for (const auto& table : known.tables) {
        if (!table.passing) continue;
        for (const auto& column : table.columns) now.add_column(column, cells_of(answers, column));
    }
    return core::read_again(recognised, std::move(known.remembered), now, decode);
}

const std::string base =
    "title: System\n"
    "scalars: {sysDescr: 1.3.6.1.2.1.1.1.0, sysName: 1.3.6.1.2.1.1.5.0}\n"
    "tables: {ifTable: {entry: 1.3.6.1.2.1.2.2.1, columns: {ifDescr: 2, ifType: 3}}}\n"
    "facts: {device: {sys_name: sysName}}\n";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto end = std::min(input.find('\0'), input.size());
    const auto loaded =
        config::compile_profiles({{"base", base, "base.yaml"},
                                  {"generic", "title: Any\nuse: [base]\n", "generic.yaml"},
                                  {"fuzz", std::string(input.substr(0, end)), "fuzz.yaml"}});
    if ((loaded.profiles == nullptr) == loaded.problems.empty()) std::abort();
    for (const auto& problem : loaded.problems) {
        if (problem.sentence().find('\n') != std::string::npos) std::abort();
    }
    if (loaded.profiles == nullptr) return 0;
    for (const auto& profile : loaded.profiles->all) {
        Agent agent(input.substr(end));
        const auto answers = ask(profile, agent);
        static_cast<void>(core::recognise(*loaded.profiles, answers, config::from_gb18030));
        const core::Recognised recognised{
            &profile, profile.recognisers.empty() ? nullptr : &profile.recognisers[0]};
        const auto facts = core::read(recognised, answers, config::from_gb18030);
        if (!(facts == core::read(recognised, answers, config::from_gb18030))) std::abort();
        check(facts);
        if (!(facts == read_when_known(recognised, answers))) std::abort();
        static_cast<void>(core::limits_of(profile));
    }
    return 0;
}
