#include "reports/day_report.hpp"

#include <array>

#include "reports/content.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::Message;
using core::MessageId;

namespace {

Message plain(std::string words) {
    return {MessageId::report_text, {{"text", std::move(words)}}};
}

Message date(const core::TimeZone& zone, core::WallTime time) {
    static constexpr std::array days = {
        MessageId::report_on_sunday,    MessageId::report_on_monday,   MessageId::report_on_tuesday,
        MessageId::report_on_wednesday, MessageId::report_on_thursday, MessageId::report_on_friday,
        MessageId::report_on_saturday};
    const std::chrono::weekday weekday{std::chrono::sys_days{zone.date_at(time)}};
    return {days[weekday.c_encoding()], {{"date", date_text(zone, time)}}};
}

Message scope(const core::RoundRecord& round) {
    Message message{MessageId::report_scope_devices,
                    {{"devices", static_cast<std::int64_t>(round.devices.size())}}};
    if (round.links.empty()) return message;
    message.id = MessageId::report_scope_links;
    message.with.emplace_back("links", static_cast<std::int64_t>(round.links.size()));
    return message;
}

std::vector<HeadLine> head(const Day& day) {
    const core::RoundRecord& round = day.round();
    const core::TimeZone& zone = day.zone();
    const MessageId by =
        round.by_hand ? MessageId::report_round_by_hand : MessageId::report_round_at;
    const Message shift{by, {{"name", round.name}, {"clock", clock_text(zone, round.scheduled)}}};
    Message period{MessageId::report_between,
                   {{"from", round.covered.from},
                    {"until", round.covered.until},
                    {"length", round.covered.length()}}};
    if (round.covered.length() == std::chrono::hours{24})
        period = plain(during(zone, round.covered));
    const bool same_day = zone.date_at(round.finished) == zone.date_at(round.began);
    const std::string on = same_day ? std::string{} : date_text(zone, round.finished) + " ";
    const Message finished = plain(on + clock_text(zone, round.finished));
    const Message method{asked_by_snmp(day) ? MessageId::report_method_snmp
                                            : MessageId::report_method_ping};
    return {
        {"number", {MessageId::report_number}, plain(round.id.value)},
        {"date", {MessageId::report_date}, date(zone, round.began)},
        {"round", {MessageId::report_round}, shift},
        {"scope", {MessageId::report_scope}, scope(round)},
        {"method", {MessageId::report_method}, method},
        {"period", {MessageId::report_period}, period},
        {"finished", {MessageId::report_finished}, finished},
    };
}

std::vector<std::pair<std::string, core::Value>> facts(const core::RoundRecord& round,
                                                       const core::TimeZone& zone) {
    return {
        {"number", round.id.value},
        {"site", round.site},
        {"time_zone", zone.name()},
        {"date", date_text(zone, round.began)},
        {"round.name", round.name},
        {"round.started", std::string{round.by_hand ? "by-hand" : "scheduled"}},
        {"round.scheduled_at", round.scheduled},
        {"round.began_at", round.began},
        {"round.finished_at", round.finished},
        {"period.from", round.covered.from},
        {"period.until", round.covered.until},
    };
}

}  // namespace

Document day_report(const core::DayRecord& record, const core::TimeZone& zone) {
    const Day day{record, zone};
    const std::vector<Trouble> troubles = troubles_of(day);
    Document document{.key = "daily",
                      .title = {MessageId::report_daily_title, {{"site", record.round.site}}},
                      .head = head(day),
                      .facts = facts(record.round, zone),
                      .sections = {overview(day, troubles), troubles_section(day, troubles)}};
    if (record.round.site.empty()) document.title = {MessageId::report_daily_title_plain};
    for (auto section :
         {network_devices, links, printers, terminals, power, servers, other_devices}) {
        if (auto applies = section(day)) document.sections.push_back(*std::move(applies));
    }
    document.sections.push_back(annex(day));
    document.sections.push_back(sign_off());
    return document;
}

}  // namespace rounds::reports
