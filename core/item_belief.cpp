#include "core/item_belief.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <utility>

namespace rounds::core {

namespace {

/// How bad: ok 0, warning 1, critical 2. Of others nothing is believed.
int rank(Verdict verdict) {
    return verdict == Verdict::critical ? 2 : verdict == Verdict::warning ? 1 : 0;
}

bool nearer(Verdict verdict, Verdict other, Verdict believed) {
    return std::abs(rank(verdict) - rank(believed)) < std::abs(rank(other) - rank(believed));
}

/// The doubt after a finding that differs from what is believed.
ItemBelief::Doubt doubted(const ItemBelief& belief, Verdict found, WallTime at) {
    const bool worse = rank(found) > rank(belief.verdict);
    if (belief.doubt && worse == (rank(belief.doubt->verdict) > rank(belief.verdict))) {
        ItemBelief::Doubt doubt = *belief.doubt;
        if (nearer(found, doubt.verdict, belief.verdict)) doubt.verdict = found;
        ++doubt.in_row;
        return doubt;
    }
    return {found, 1, at};
}

/// Findings in a row that are needed. An agent's silence is not declared by it either: it may be a device that dies,
/// of which ping has not yet said so. That it answers again is plain.
int looks_needed(const ItemBelief& belief, const ItemFinding& finding) {
    const bool worse = rank(finding.verdict) > rank(belief.verdict);
    if (finding.item == "dns" || finding.item == "targets") return worse ? looks_for_a_link : 1;
    const bool silence = finding.item == "snmp" && worse;
    return finding.value || silence ? looks_for_a_value : 1;
}

bool must_last_longer(const ItemBelief& belief, const ItemFinding& finding,
                      const WorkingTime& working_time) {
    if (rank(finding.verdict) <= rank(belief.verdict)) return false;
    const Period lasted{belief.doubt->first, finding.evidence_at};
    return (working_time ? working_time(lasted) : lasted.length()) < finding.patience;
}

std::optional<ItemChange> take(ItemBelief& belief, const ItemFinding& finding,
                               const WorkingTime& working_time) {
    belief.missing = 0;
    if (finding.verdict == belief.verdict) {
        belief.doubt.reset();
        belief.message = finding.message;
        return std::nullopt;
    }
    belief.doubt = doubted(belief, finding.verdict, finding.evidence_at);
    if (belief.doubt->in_row < looks_needed(belief, finding)) return std::nullopt;
    if (must_last_longer(belief, finding, working_time)) return std::nullopt;

    const Verdict before = std::exchange(belief.verdict, belief.doubt->verdict);
    belief.since = belief.doubt->first;
    belief.doubt.reset();
    belief.message = belief.verdict == Verdict::ok ? std::nullopt : finding.message;
    return ItemChange{
        {finding.item, finding.instance}, before, belief.verdict, belief.message, belief.since};
}

}  // namespace

ItemsSettled settle_items(ItemBeliefs before, std::span<const ItemFinding> findings, bool complete,
                          WallTime at, const WorkingTime& working_time) {
    ItemsSettled settled{std::move(before), {}};
    std::set<ItemId> told;
    for (const ItemFinding& finding : findings) {
        ItemId id{finding.item, finding.instance};
        if (!told.insert(id).second) continue;  // two of one name: the first is it
        const bool usable = finding.verdict == Verdict::ok || rank(finding.verdict) > 0;
        const auto known = settled.beliefs.find(id);
        if (!usable || (known == settled.beliefs.end() && finding.verdict == Verdict::ok)) continue;
        ItemBelief& belief = settled.beliefs[id];
        if (auto change = take(belief, finding, working_time))
            settled.changes.push_back(std::move(*change));
    }
    for (auto& [id, belief] : settled.beliefs) {
        if (!complete || told.contains(id) || ++belief.missing < looks_until_gone) continue;
        if (belief.verdict != Verdict::ok)
            settled.changes.push_back({id, belief.verdict, Verdict::ok, std::nullopt, at});
        belief = {};
    }
    std::erase_if(settled.beliefs, [](const auto& entry) {
        return entry.second.verdict == Verdict::ok && !entry.second.doubt;
    });
    return settled;
}

bool restless(const ItemBeliefs& beliefs, WallTime now) {
    constexpr Duration fresh = std::chrono::hours(1);
    return std::ranges::any_of(beliefs, [&](const auto& entry) {
        const auto& [id, belief] = entry;
        const bool wrong = belief.verdict != Verdict::ok && id.item != "supplies";
        return belief.doubt || (wrong && now - belief.since < fresh);
    });
}

ItemBeliefs without_doubts(ItemBeliefs beliefs) {
    for (auto& [id, belief] : beliefs) {
        belief.doubt.reset();
        belief.missing = 0;
    }
    std::erase_if(beliefs, [](const auto& entry) { return entry.second.verdict == Verdict::ok; });
    return beliefs;
}

std::vector<ItemFinding> let_go(const ItemBeliefs& believed, const ItemRules& rules,
                                const Facts* facts, WallTime at) {
    const auto port_rule = [&](const std::string& name) {
        InterfaceFacts port{.name = name};
        if (facts == nullptr) return rule_of(port, rules);
        const auto told = std::ranges::find(facts->interfaces, name, &InterfaceFacts::name);
        return rule_of(told == facts->interfaces.end() ? port : *told, rules);
    };
    std::vector<ItemFinding> findings;
    for (const auto& [id, belief] : believed) {
        const bool of_port =
            std::ranges::find(port_item_words(), id.item) != port_item_words().end();
        if (is_ignored(id.item, rules, of_port ? port_rule(id.instance) : nullptr))
            findings.push_back({.item = id.item, .instance = id.instance, .evidence_at = at});
    }
    return findings;
}

Severity severity_of(std::string_view item, Verdict verdict, Severity of_device) {
    if (item == "supplies" || item == "trays" || item == "paper")
        return verdict == Verdict::critical ? Severity::third : Severity::fourth;
    return verdict == Verdict::critical ? of_device : std::max(of_device, Severity::third);
}

}  // namespace rounds::core
