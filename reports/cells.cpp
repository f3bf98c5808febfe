// Cells that several sections share.
#include "reports/content.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::Message;
using core::MessageId;
using core::State;
using core::StateInterval;

bool is_network(core::DeviceClass device_class) {
    using enum core::DeviceClass;
    return device_class == switch_ || device_class == router || device_class == firewall ||
           device_class == wireless_controller || device_class == access_point;
}

Column device_column() {
    return {.key = "device.name",
            .title = {MessageId::report_device},
            .under_keys = {"device.address", "device.model"}};
}

Cell device_cell(const core::DeviceResult& device) {
    return {.content = text(device.name),
            .under = {text(device.address), text(device.model)},
            .strong = true};
}

Column verdict_column() {
    return {.key = "verdict", .title = {MessageId::report_verdict}, .under_keys = {"reason"}};
}

namespace {

// What a row's strip shows, in words: the last thing that kept the subject from being up.
Content remark(const Day& day, const core::SubjectId& subject) {
    int downs = 0, hidden = 0;
    core::Duration down_time{0}, hidden_time{0};
    const StateInterval *last_down = nullptr, *last_hidden = nullptr;
    for (const StateInterval* interval : day.intervals_of(subject)) {
        if (!day.in_period(*interval)) continue;
        const core::Duration time = day.length(day.period_of(*interval));
        if (interval->state == State::down) ++downs, down_time += time, last_down = interval;
        if (interval->state == State::suppressed)
            ++hidden, hidden_time += time, last_hidden = interval;
    }
    if (downs == 1)
        return Message{MessageId::report_remark_outage,
                       {{"during", during(day.zone(), day.period_of(*last_down))}}};
    if (downs > 1)
        return Message{MessageId::report_remark_outages,
                       {{"count", std::int64_t{downs}}, {"lasted", down_time}}};
    if (hidden == 0) return Absent{};
    const std::string through =
        last_hidden->through ? day.name_of(*last_hidden->through) : std::string{};
    if (hidden == 1)
        return Message{
            MessageId::report_remark_behind,
            {{"through", through}, {"during", during(day.zone(), day.period_of(*last_hidden))}}};
    return Message{
        MessageId::report_remark_behind_times,
        {{"through", through}, {"count", std::int64_t{hidden}}, {"lasted", hidden_time}}};
}

}  // namespace

Cell verdict_cell(const Day& day, const core::SubjectId& subject,
                  const core::Conclusion& conclusion) {
    Content below = said(conclusion.reason);
    const bool says_more = conclusion.reason && conclusion.reason->id != MessageId::reason_off;
    if (!says_more) below = remark(day, subject);
    return {.content = conclusion.verdict, .under = {std::move(below)}};
}

Column round_trip_column() {
    return {.key = "rtt_seconds.avg",
            .title = {MessageId::report_round_trip},
            .number = true,
            .also_keys = {"rtt_seconds.max"}};
}

Cell round_trip_cell(const core::EchoSummary& echo) {
    if (echo.rtt_count == 0) return {.content = Absent{}};
    return {.content = mean(echo.rtt_sum_us, echo.rtt_count), .also = {mean(echo.rtt_max_us, 1)}};
}

Content loss(const core::EchoSummary& echo) {
    if (echo.sent <= 0) return Absent{};
    return core::Value{core::Ratio{static_cast<double>(echo.sent - echo.received) /
                                   static_cast<double>(echo.sent)}};
}

}  // namespace rounds::reports
