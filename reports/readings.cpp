#include "reports/readings.hpp"

#include <algorithm>
#include <cmath>

#include "core/state_message.hpp"

namespace rounds::reports {

using core::Facts;
using core::Message;
using core::MessageId;
using core::SensorFacts;
using core::Verdict;

int gravity(Verdict verdict) {
    if (verdict == Verdict::critical) return 3;
    if (verdict == Verdict::warning) return 2;
    return verdict == Verdict::unknown ? 1 : 0;
}

Content percent(double value) {
    if (!std::isfinite(value)) return Absent{};
    return core::Value{core::Ratio{value / 100}};
}

Content processors(const Facts& facts) {
    if (facts.processors.empty()) return Absent{};
    double sum = 0;
    for (const core::ProcessorFacts& processor : facts.processors) sum += processor.percent;
    return percent(sum / static_cast<double>(facts.processors.size()));
}

Content memory(const Facts& facts) {
    std::optional<double> most;
    for (const core::MemoryFacts& row : facts.memory) {
        const bool physical = row.kind.empty() || row.kind == "system";
        if (physical && row.percent && (!most || *row.percent > *most)) most = row.percent;
    }
    return most ? percent(*most) : Absent{};
}

const core::StorageFacts* fullest(const Facts& facts) {
    const core::StorageFacts* most = nullptr;
    for (const core::StorageFacts& disk : facts.storage) {
        const bool fills =
            disk.type.empty() || disk.type == "fixed-disk" || disk.type == "network-disk";
        if (!fills || disk.exempt || !disk.percent || !std::isfinite(*disk.percent)) continue;
        if (most == nullptr || *disk.percent > *most->percent) most = &disk;
    }
    return most;
}

namespace {

template <class Beats>
const SensorFacts* extreme(const Facts& facts, std::string_view kind, Beats beats) {
    const SensorFacts* found = nullptr;
    for (const SensorFacts& sensor : facts.sensors) {
        if (sensor.kind != kind || !std::isfinite(sensor.value)) continue;
        if (found == nullptr || beats(sensor.value, found->value)) found = &sensor;
    }
    return found;
}

MessageId name_of(core::LevelState state) {
    switch (state) {
        case core::LevelState::unrestricted: return MessageId::report_level_unrestricted;
        case core::LevelState::unknown: return MessageId::report_level_unknown;
        case core::LevelState::some_remaining: break;
    }
    return MessageId::report_level_some;
}

}  // namespace

const SensorFacts* highest(const Facts& facts, std::string_view kind) {
    return extreme(facts, kind, std::greater<>{});
}

const SensorFacts* lowest(const Facts& facts, std::string_view kind) {
    return extreme(facts, kind, std::less<>{});
}

Content temperature(const Facts& facts) {
    const SensorFacts* hottest = highest(facts, "temperature");
    if (hottest == nullptr) return Absent{};
    return Labelled{hottest->value, {MessageId::report_celsius, {{"value", hottest->value}}}};
}

Cell states_of(const Facts& facts, const std::vector<std::string_view>& items) {
    std::vector<const core::StateFacts*> known;
    for (const core::StateFacts& state : facts.states) {
        const bool meant = std::ranges::find(items, state.item) != items.end();
        if (meant && state.severity != Verdict::unknown) known.push_back(&state);
    }
    if (known.empty()) return {.content = Absent{}};
    std::ranges::stable_sort(known, std::greater<>{},
                             [](const auto* state) { return gravity(state->severity); });
    const core::StateFacts& worst = *known.front();
    const Message well{MessageId::report_verdict_ok};
    const std::string word{core::word(worst.severity)};
    if (gravity(worst.severity) == 0) return {.content = Labelled{word, well}};
    Cell cell{.content = Labelled{word, state_message(worst)}};
    for (std::size_t i = 1; i < known.size() && gravity(known[i]->severity) > 0; ++i)
        cell.under.emplace_back(state_message(*known[i]));
    return cell;
}

Content level(const std::optional<double>& percent_left,
              const std::optional<core::LevelState>& state) {
    if (percent_left) return percent(*percent_left);
    if (!state) return Absent{};
    return Labelled{std::string{core::word(*state)}, {name_of(*state)}};
}

std::vector<const core::ItemFinding*> wrong_items(const core::DeviceResult& device) {
    std::vector<const core::ItemFinding*> wrong;
    for (const core::ItemFinding& finding : device.findings) {
        if (gravity(finding.verdict) > 1) wrong.push_back(&finding);
    }
    return wrong;
}

}  // namespace rounds::reports
