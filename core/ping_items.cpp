#include "core/ping_items.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace rounds::core {

namespace {

constexpr std::array<std::string_view, 5> words{"loss", "round-trip", "jitter", "targets", "dns"};

double in_ms(Microseconds time) {
    return static_cast<double>(time.count()) / 1000.0;
}
double in_percent(double share) {
    return share * 100;
}

/// 60 % written as 0.6 is reached by 3 of 5, however either was divided.
constexpr double rounding = 1e-9;

/// What is to be judged: a quantity in its own type, and how its number and its value in a message are made.
template <class Quantity, class Number, class Shown>
void judge_one(std::vector<ItemFinding>& findings, ItemFinding finding, MessageId message,
               Quantity value, const Limits<Quantity>& limits, Quantity tolerance, Number number,
               Shown shown) {
    const auto& first = limits.warning ? limits.warning : limits.critical;
    if (!first) return;
    finding.value = number(value);
    finding.threshold = number(*first);
    const auto reach = [&](const std::optional<Quantity>& limit, Verdict verdict) {
        if (!limit || value + tolerance < *limit) return;
        finding.verdict = verdict;
        finding.threshold = number(*limit);
        finding.message = Message{message, {{shown.name, shown(value)}, {"limit", shown(*limit)}}};
    };
    reach(limits.warning, Verdict::warning);
    reach(limits.critical, Verdict::critical);
    findings.push_back(std::move(finding));
}

struct AsRatio {
    const char* name = "loss";
    Value operator()(double share) const { return Ratio{share}; }
};
struct AsTime {
    const char* name = "value";
    Value operator()(Microseconds time) const { return time; }
};

ItemFinding blank(std::string_view item, std::string unit, WallTime at) {
    return {.item = std::string(item), .unit = std::move(unit), .evidence_at = at};
}

template <class Quantity, class Number>
void add_limits(ItemLimits& all, std::string_view item, const Limits<Quantity>& limits,
                Number number) {
    if (!limits.warning && !limits.critical) return;
    auto& both = all[std::string(item)];
    if (limits.warning) both.warning = number(*limits.warning);
    if (limits.critical) both.critical = number(*limits.critical);
}

ItemFinding judge_targets(const LinkObservation& look) {
    auto finding = blank("targets", "", look.ping.at);
    finding.value = look.answered;
    if (look.answered == look.targets) return finding;
    finding.verdict = Verdict::warning;
    finding.message = Message{
        MessageId::reason_some_targets,
        {{"answered", std::int64_t{look.answered}}, {"targets", std::int64_t{look.targets}}}};
    return finding;
}

ItemFinding judge_dns(const LinkObservation& look) {
    auto finding = blank("dns", "", look.ping.at);
    if (look.dns_took) return finding;
    finding.verdict = Verdict::warning;
    finding.message = Message{MessageId::reason_dns_failed};
    return finding;
}

}  // namespace

std::span<const std::string_view> ping_item_words() {
    return words;
}

bool is_ping_item(std::string_view item) {
    return std::ranges::find(words, item) != words.end();
}

ItemLimits item_limits(const Thresholds& thresholds) {
    ItemLimits all;
    add_limits(all, "loss", thresholds.loss, in_percent);
    add_limits(all, "round-trip", thresholds.round_trip, in_ms);
    add_limits(all, "jitter", thresholds.jitter, in_ms);
    return all;
}

void RecentLooks::add(const EchoStats& look) {
    if (look.received == 0 || !look.rtt) return;
    parts_[next_] = {.sent = look.sent,
                     .received = look.received,
                     .min_us = look.rtt->min.count(),
                     .avg_us = look.rtt->avg.count(),
                     .max_us = look.rtt->max.count(),
                     .jitter_us = look.jitter ? look.jitter->count() : none};
    next_ = (next_ + 1) % most;
    count_ = std::min(count_ + 1, most);
}

EchoStats RecentLooks::sum() const {
    EchoStats all;
    std::int64_t time_us = 0, jitter_us = 0, differences = 0;
    for (std::size_t back = 1; back <= count_; ++back) {
        const Part& part = parts_[(next_ + most - back) % most];
        all.sent += part.sent;
        all.received += part.received;
        time_us += part.avg_us * part.received;
        const RoundTrip own{Microseconds{part.min_us}, {}, Microseconds{part.max_us}};
        if (!all.rtt) all.rtt = own;
        all.rtt->min = std::min(all.rtt->min, own.min);
        all.rtt->max = std::max(all.rtt->max, own.max);
        if (part.jitter_us == none) continue;
        jitter_us += part.jitter_us * (part.received - 1);
        differences += part.received - 1;
    }
    if (all.rtt) all.rtt->avg = Microseconds{time_us / all.received};
    if (differences > 0) all.jitter = Microseconds{jitter_us / differences};
    return all;
}

EchoStats over_answering(const LinkObservation& look) {
    const EchoStats* all = look.ping.echo();
    if (all == nullptr) return {};
    EchoStats stats = *all;
    if (look.asked > 0 && look.answered < look.asked) {
        const double share = static_cast<double>(look.answered) / look.asked;
        stats.sent = std::max(all->received, static_cast<int>(std::lround(all->sent * share)));
    }
    return stats;
}

std::vector<ItemFinding> judge_ping(const EchoStats& stats, const Thresholds& thresholds,
                                    WallTime at) {
    std::vector<ItemFinding> findings;
    if (stats.sent > 0) {
        judge_one(findings, blank("loss", "%", at), MessageId::reason_loss, stats.loss(),
                  thresholds.loss, rounding, in_percent, AsRatio{});
    }
    if (stats.rtt) {
        judge_one(findings, blank("round-trip", "ms", at), MessageId::reason_round_trip,
                  stats.rtt->avg, thresholds.round_trip, Microseconds{0}, in_ms, AsTime{});
    }
    if (stats.jitter) {
        judge_one(findings, blank("jitter", "ms", at), MessageId::reason_jitter, *stats.jitter,
                  thresholds.jitter, Microseconds{0}, in_ms, AsTime{});
    }
    return findings;
}

std::vector<ItemFinding> judge_link(const LinkObservation& look, const EchoStats& stats,
                                    const Thresholds& thresholds) {
    std::vector<ItemFinding> findings;
    if (look.dns_asked) findings.push_back(judge_dns(look));
    if (look.targets > 1) findings.push_back(judge_targets(look));
    for (auto& measured : judge_ping(stats, thresholds, look.ping.at))
        findings.push_back(std::move(measured));
    return findings;
}

}  // namespace rounds::core
