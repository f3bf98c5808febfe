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

/// The change in words: " goes silent, loses 5 % of the requests".
std::string words(const EchoChange& change) {
    std::string said;
    if (change.silent) add(said, *change.silent ? "goes silent" : "answers again");
    if (change.latency) add(said, "answers after " + spoken(*change.latency));
    if (change.jitter) add(said, "jitters by " + spoken(*change.jitter));
    if (change.loss) add(said, "loses " + spoken(*change.loss) + " of the requests");
    if (change.duplicates) add(said, "answers " + spoken(*change.duplicates) + " twice");
    return said;
}

}  // namespace

Office::Office(Script script) : script_(std::move(script)) {
    dice_.reserve(script_.devices.size());
    for (std::size_t i = 0; i < script_.devices.size(); ++i) {
        const auto& device = script_.devices[i];
        dice_.emplace_back(script_.seed ^ std::hash<std::string_view>{}(device.name));
        for (const auto& address : device.addresses) at_.emplace(address, i);
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

std::string Office::step() {
    const auto& event = script_.events[happened_++ % script_.events.size()];
    for (const auto device : event.devices) {
        auto& manner = script_.devices[device].echo;
        manner = changed(manner, event.echo);
    }
    find_cut_off();
    std::string said = event.name + words(event.echo);
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
