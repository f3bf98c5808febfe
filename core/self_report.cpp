#include "core/self_report.hpp"

#include <algorithm>

namespace rounds::core {

void SelfReport::Looks::add(Duration lateness, bool too_long) {
    ++count;
    if (lateness > punctual) ++late;
    if (too_long) ++overran;
    latest = std::max(latest, lateness);
}

void SelfReport::Looks::add(const Looks& others) {
    count += others.count;
    late += others.late;
    overran += others.overran;
    latest = std::max(latest, others.latest);
}

void SelfReport::add_write(Duration took) {
    ++writes;
    writing += took;
    longest_write = std::max(longest_write, took);
}

void SelfReport::add(const SelfReport& other) {
    ping.add(other.ping);
    snmp.add(other.snmp);
    writes += other.writes;
    writing += other.writing;
    longest_write = std::max(longest_write, other.longest_write);
}

SelfReport::Looks SelfReport::looks() const {
    Looks all = ping;
    all.add(snmp);
    return all;
}

bool SelfReport::keeps_up() const {
    constexpr int percent = 100, by_chance = 2;
    const auto few = [](std::int64_t part, std::int64_t of) {
        return part <= by_chance || part * percent <= of;
    };
    const Looks all = looks();
    return few(all.late, all.count) && few(all.overran, all.count);
}

}  // namespace rounds::core
