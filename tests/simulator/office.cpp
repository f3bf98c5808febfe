#include "tests/simulator/office.hpp"

#include <functional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "tests/simulator/quantity.hpp"

namespace rounds::simulator {
namespace {

void add(std::string& sentence, const std::string& part) {
    sentence += sentence.empty() ? " " : ", ";
    sentence += part;
}

/// For how long a device has run when the office begins: what its script says, or 1 to 60 days.
core::Microseconds age_of(const SnmpDescription& description, std::uint64_t seed) {
    const std::chrono::seconds made_up(86'400 + Dice(seed).next() % (59UL * 86'400));
    const std::chrono::seconds said(description.days_up * 86'400);
    return description.days_up > 0 ? said : made_up;
}

/// The change in words: " goes silent, loses 5 % of the requests".
std::string words(const EchoChange& change, const SnmpChange& snmp) {
    std::string said;
    if (change.silent) add(said, *change.silent ? "goes silent" : "answers again");
    if (change.latency) add(said, "answers after " + spoken(*change.latency));
    if (change.jitter) add(said, "jitters by " + spoken(*change.jitter));
    if (change.loss) add(said, "loses " + spoken(*change.loss) + " of the requests");
    if (change.duplicates) add(said, "answers " + spoken(*change.duplicates) + " twice");
    for (const auto& part : words(snmp)) add(said, part);
    return said;
}

}  // namespace

Office::Office(Script script) : script_(std::move(script)), wiring_(script_) {
    dice_.reserve(script_.devices.size());
    for (std::size_t i = 0; i < script_.devices.size(); ++i) {
        const auto& device = script_.devices[i];
        dice_.emplace_back(script_.seed ^ std::hash<std::string_view>{}(device.name));
        for (const auto& address : device.addresses) at_.emplace(address, i);
        agents_.push_back(nullptr);
        if (!device.snmp) continue;
        const std::uint64_t seed = script_.seed ^ std::hash<std::string_view>{}(device.name) ^ 161;
        agents_.back() = std::make_unique<Agent>(Agent{{}, Dice(seed)});
        auto& state = agents_.back()->state;
        change(state, *device.snmp, device.snmp->begin, core::Microseconds{0});
        state.started = -age_of(*device.snmp, seed);
    }
    find_cut_off();
}

std::size_t Office::AddressHash::operator()(const asio::ip::address& address) const {
    if (address.is_v4()) return std::hash<unsigned>{}(address.to_v4().to_uint());
    const auto bytes = address.to_v6().to_bytes();
    return std::hash<std::string_view>{}(
        {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::optional<core::Microseconds> Office::next_event() const {
    const auto once = script_.events.size();
    if (once == 0 || (happened_ >= once && !script_.repeat)) return std::nullopt;
    const core::Microseconds before =
        script_.repeat.value_or(core::Microseconds{0}) * (happened_ / once);
    return before + script_.events[happened_ % once].at;
}

std::string Office::step(std::optional<core::Microseconds> now) {
    const auto at = now.value_or(next_event().value_or(core::Microseconds{0}));
    const auto& event = script_.events[happened_++ % script_.events.size()];
    for (const auto device : event.devices) {
        auto& manner = script_.devices[device].echo;
        manner = changed(manner, event.echo);
        if (agents_[device])
            change(agents_[device]->state, *script_.devices[device].snmp, event.snmp, at);
    }
    find_cut_off();
    std::string said = event.name + words(event.echo, event.snmp);
    const auto others = event.echo.silent ? behind(event.devices) : 0;
    if (event.devices.size() > 1) said += fmt::format(" ({} devices)", event.devices.size());
    if (others > 0) said += fmt::format(" ({} behind it)", others);
    return said;
}

AnswerPlan Office::ask(const asio::ip::address& address) {
    const auto found = at_.find(address);
    if (found == at_.end()) return {};
    AnswerPlan plan = answer_plan(script_.devices[found->second].echo, dice_[found->second]);
    if (cut_off_[found->second]) plan.answers = 0;
    return plan;
}

std::optional<Office::Told> Office::tell(const asio::ip::address& address,
                                         std::span<const std::uint8_t> datagram,
                                         core::Microseconds now) {
    const auto found = at_.find(address);
    if (found == at_.end() || !agents_[found->second]) return std::nullopt;
    const auto number = found->second;
    const auto& device = script_.devices[number];
    auto& agent = *agents_[number];
    // Loss and duplicates are of echo; an agent has its own.
    EchoManner way = device.echo;
    way.loss = agent.state.fault.loss;
    way.duplicates = 0;
    const auto plan = answer_plan(way, agent.dice);
    if (plan.answers == 0 || cut_off_[number]) return std::nullopt;
    const Subject subject{script_, number, *device.snmp, agent.state, wiring_, now};
    Told told{.message = answerers_->answer(subject, agent.state, datagram),
              .from = agent.state.fault.answers_from.value_or(address),
              .after = plan.after[0] + agent.state.fault.slow};
    if (told.message.empty()) return std::nullopt;
    return told;
}

// A device stands behind an earlier one, so one pass in order is enough.
void Office::find_cut_off() {
    cut_off_.assign(script_.devices.size(), false);
    for (std::size_t i = 0; i < script_.devices.size(); ++i) {
        const auto way = script_.devices[i].behind;
        cut_off_[i] = way && (cut_off_[*way] || script_.devices[*way].echo.silent);
    }
}

std::size_t Office::behind(const std::vector<std::size_t>& devices) const {
    std::vector<bool> struck(script_.devices.size(), false);
    for (const auto device : devices) struck[device] = true;
    std::size_t count = 0;
    for (std::size_t i = 0; i < script_.devices.size(); ++i) {
        const auto way = script_.devices[i].behind;
        if (struck[i] || !way || !struck[*way]) continue;
        struck[i] = true;
        ++count;
    }
    return count;
}

std::string clock_face(core::Microseconds since_start) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since_start).count();
    if (seconds < 3600) return fmt::format("{:02}:{:02}", seconds / 60, seconds % 60);
    return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

}  // namespace rounds::simulator
