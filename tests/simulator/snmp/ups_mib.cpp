// UPS-MIB (RFC 1628).
#include <cmath>

#include "tests/simulator/snmp/mib_tools.hpp"

namespace rounds::simulator {
namespace {

constexpr double minutes_when_full = 30;
constexpr double low = 0.2;  // of the charge

double charge(const Subject& subject) {
    return charge_left(subject.state, subject.now);
}

bool is_low(const Subject& subject) {
    return subject.state.on_battery && charge(subject) < low;
}

core::SnmpValue identity(const Subject& subject, Column column, std::size_t) {
    switch (column) {
        case 1: return text("Example Networks");
        case 2: return text(model_of(SnmpKind::ups));
        case 3: return text("1.4");
        case 4: return text("2.0");
        default: return text(subject.name());
    }
}

core::SnmpValue battery(const Subject& subject, Column column, std::size_t) {
    const double left = charge(subject);
    const auto since = subject.now - subject.state.charge.at;
    switch (column) {
        case 1: return integer(subject.state.on_battery && left <= 0 ? 4 : is_low(subject) ? 3 : 2);
        case 2: return integer(subject.state.on_battery ? since.count() / 1'000'000 : 0);
        case 3: return integer(std::lround(left * minutes_when_full));
        case 4: return integer(std::lround(left * 100));
        case 5: return integer(std::lround(480 + 64 * left));  // 0.1 V
        case 6: return integer(subject.state.on_battery ? 310 : 0);
        default: return integer(static_cast<std::int64_t>(subject.state.temperature));
    }
}

core::SnmpValue input(const Subject& subject, Column column, std::size_t) {
    const bool mains = !subject.state.on_battery;
    switch (column) {
        case 2: return integer(mains ? 500 : 0);                                        // 0.1 Hz
        case 3: return integer(mains ? std::lround(swaying(subject, 2, 5)) + 228 : 0);  // V
        case 4: return integer(mains ? 52 : 0);                                         // 0.1 A
        default: return integer(mains ? std::lround(subject.state.load * 2700) : 0);    // W
    }
}

core::SnmpValue output(const Subject& subject, Column column, std::size_t) {
    const double load = swaying(subject, subject.state.load, 6);
    switch (column) {
        case 2: return integer(230);
        case 3: return integer(std::lround(load * 117));
        case 4: return integer(std::lround(load * 2700));
        default: return integer(std::lround(load * 100));
    }
}

std::size_t one(const Subject&) {
    return 1;
}

std::size_t alarms(const Subject& subject) {
    return subject.state.on_battery ? (is_low(subject) ? 2 : 1) : 0;
}

core::SnmpValue alarm(const Subject& subject, Column column, std::size_t row) {
    switch (column) {
        case 1: return integer(static_cast<std::int64_t>(row) + 1);
        // upsAlarmOnBattery, upsAlarmLowBattery
        case 2: return name(row == 0 ? "1.3.6.1.2.1.33.1.6.3.2" : "1.3.6.1.2.1.33.1.6.3.3");
        default: return ticks(subject.state.charge.at - subject.state.started);
    }
}

}  // namespace

void ups(Tables& tables) {
    tables.push_back(scalars("1.3.6.1.2.1.33.1.1", {1, 2, 3, 4, 5}, identity));
    tables.push_back(scalars("1.3.6.1.2.1.33.1.2", {1, 2, 3, 4, 5, 6, 7}, battery));
    tables.push_back(counted("1.3.6.1.2.1.33.1.3.3.1", {2, 3, 4, 5}, one, input));
    tables.push_back(scalars("1.3.6.1.2.1.33.1.4", {1, 2},
                             [](const Subject& subject, Column column, std::size_t) {
                                 return integer(column == 2                ? 500
                                                : subject.state.on_battery ? 5    // battery
                                                                           : 3);  // normal
                             }));
    tables.push_back(counted("1.3.6.1.2.1.33.1.4.4.1", {2, 3, 4, 5}, one, output));
    tables.push_back(scalars(
        "1.3.6.1.2.1.33.1.6", {1},
        [](const Subject& subject, Column, std::size_t) { return gauge(alarms(subject)); }));
    tables.push_back(counted("1.3.6.1.2.1.33.1.6.2.1", {1, 2, 3}, alarms, alarm));
}

}  // namespace rounds::simulator
