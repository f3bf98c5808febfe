// The annex: what was not inspected and why, what the figures are; and the sign-off.
#include "reports/content.hpp"
#include "reports/over_time.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::DeviceResult;
using core::Message;
using core::MessageId;
using core::Verdict;

namespace {

Row row(const DeviceResult& device) {
    Content asked = moment(device.evidence_at);
    if (!device.evidence_at) asked = Absent{};
    Row row;
    row.verdict = device.conclusion.verdict;
    row.cells = {
        device_cell(device),
        {.content = text(device.location), .under = {text(device.department)}},
        {.content = text(device.owner)},
        {.content = device.conclusion.verdict},
        {.content = device.conclusion.reason.value_or(Message{MessageId::reason_not_asked})},
        {.content = std::move(asked)},
    };
    return row;
}

Table missed(const Day& day) {
    Table table{.key = "missed",
                .title = Message{MessageId::report_missed_table},
                .columns = {device_column(),
                            {.key = "location",
                             .title = {MessageId::report_location},
                             .under_keys = {"department"}},
                            {.key = "owner", .title = {MessageId::report_owner}},
                            {.key = "verdict", .title = {MessageId::report_verdict}},
                            {.key = "reason", .title = {MessageId::report_reason}},
                            {.key = "asked_at", .title = {MessageId::report_asked_at}}},
                .empty = {MessageId::report_missed_none}};
    for (const DeviceResult& device : day.round().devices) {
        const Verdict verdict = device.conclusion.verdict;
        if (verdict == Verdict::missed || verdict == Verdict::unknown)
            table.rows.push_back(row(device));
    }
    return table;
}

// Those that answered ping, or something, but nothing by SNMP that could be used.
std::optional<Table> snmp_silent(const Day& day) {
    Table table{.key = "snmp_silent",
                .title = Message{MessageId::report_snmp_table},
                .columns = {device_column(),
                            {.key = "location",
                             .title = {MessageId::report_location},
                             .under_keys = {"department"}},
                            {.key = "owner", .title = {MessageId::report_owner}},
                            {.key = "reason", .title = {MessageId::report_reason}},
                            {.key = "asked_at", .title = {MessageId::report_asked_at}}}};
    for (const DeviceResult& device : day.round().devices) {
        for (const core::ItemFinding& finding : device.findings) {
            if (finding.item != "snmp" || !finding.message) continue;
            Row row;
            row.cells = {device_cell(device),
                         {.content = text(device.location), .under = {text(device.department)}},
                         {.content = text(device.owner)},
                         {.content = *finding.message},
                         {.content = core::Value{finding.evidence_at}}};
            table.rows.push_back(std::move(row));
        }
    }
    if (table.rows.empty()) return std::nullopt;
    return table;
}

core::Duration working_time(const Day& day) {
    core::Duration sum{0};
    for (const core::Period& hours : day.round().working_hours)
        sum += hours.overlap(day.covered()).length();
    return sum;
}

// How Rounds itself kept up.
Message kept_up(const core::SelfReport& self) {
    const auto looks = self.looks();
    const double punctual =
        1.0 - static_cast<double>(looks.late) / static_cast<double>(looks.count);
    return {self.keeps_up() ? MessageId::report_note_self : MessageId::report_note_self_behind,
            {{"count", looks.count},
             {"since", self.since},
             {"share", core::Ratio{punctual}},
             {"latest", looks.latest},
             {"overran", looks.overran}}};
}

}  // namespace

Section annex(const Day& day) {
    const Message outage{MessageId::report_note_outage,
                         {{"count", std::int64_t{flapping_outages}}, {"short_time", short_outage}}};
    Section annex{.key = "annex",
                  .title = {MessageId::report_annex},
                  .blocks = {missed(day)},
                  .numbered = false};
    if (auto silent = snmp_silent(day)) annex.blocks.emplace_back(*std::move(silent));
    auto limits = limits_table(day);
    if (limits) annex.blocks.emplace_back(*std::move(limits));
    const auto note = [&](std::string key, Message text) {
        annex.blocks.emplace_back(Note{std::move(key), std::move(text)});
    };
    if (asked_by_snmp(day)) note("instantaneous", {MessageId::report_note_instant});
    if (measured_over_time(day)) note("over_time", {MessageId::report_note_over_time});
    if (forecast_is_possible(day)) note("forecast", {MessageId::report_note_forecast});
    note("arithmetic", {MessageId::report_note_arithmetic});
    note("verdict", {MessageId::report_note_verdict});
    note("round_trip", {MessageId::report_note_round_trip});
    note("availability", {MessageId::report_note_availability});
    note("working_hours", {MessageId::report_note_working, {{"hours", working_time(day)}}});
    note("outage", outage);
    if (const auto& self = day.round().self; self && self->looks().count > 0)
        note("self", kept_up(*self));
    return annex;
}

Section sign_off() {
    SignOff lines{{
        {.title = {MessageId::report_sign_inspector},
         .remark = Message{MessageId::report_sign_automatic}},
        {.title = {MessageId::report_sign_reviewer}},
        {.title = {MessageId::report_sign_opinion}},
        {.title = {MessageId::report_sign_date}},
    }};
    return {.key = "sign_off",
            .title = {MessageId::report_sign_off},
            .blocks = {std::move(lines)},
            .numbered = false};
}

}  // namespace rounds::reports
