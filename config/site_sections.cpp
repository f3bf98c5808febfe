// Where and when: site, calendar, polling, rounds, reports, api, storage.
#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "config/address.hpp"
#include "config/dates.hpp"
#include "config/load.hpp"
#include "config/sections.hpp"
#include "config/values.hpp"

namespace rounds::config {

namespace {

using core::Result;
using std::chrono::sys_days;

constexpr std::array<std::string_view, 2> locale_words{"en", "zh-CN"};
constexpr std::array<std::string_view, 3> format_words{"html", "json", "text"};
/// sun_path of unix(7), without its final zero.
constexpr std::size_t longest_socket_path = 107;

Result<ReportFormat> report_format(std::string_view text) {
    for (const std::string_view later : {"pdf", "xlsx", "csv"}) {
        if (text == later)
            return core::Error{core::Error::Kind::invalid_input, not_yet_known(later)};
    }
    return one_of("a report format", report_format_of, format_words)(text);
}

/// Relative paths start at the file that names them.
void read_path(Section& keys, std::string_view key, const Problems& problems,
               std::optional<std::filesystem::path>& target) {
    if (keys.optional(key, target, path))
        target = problems.file(keys.place(key)).parent_path() / *target;
}

void read_dates(Section& keys, std::string_view key, std::set<sys_days>& target) {
    std::vector<std::vector<sys_days>> stretches;
    keys.list(key, stretches, dates);
    for (const auto& stretch : stretches) target.insert(stretch.begin(), stretch.end());
}

/// Sorts the hours of a rule; two that overlap are a mistake.
void sort_times(Section& keys, core::HoursRule& rule) {
    std::ranges::sort(rule.times);
    const auto late =
        std::ranges::adjacent_find(rule.times, [](auto a, auto b) { return b.from < a.until; });
    if (late == rule.times.end()) return;
    keys.problem("times", keys.place("times"),
                 fmt::format("{} and {} overlap; join them", show(*late), show(*std::next(late))));
}

void read_hours_rule(const Node& node, Problems& problems, std::vector<core::HoursRule>& rules) {
    core::HoursRule rule;
    std::vector<core::Weekdays> weekday_ranges;
    std::vector<std::vector<int>> month_ranges;
    Section keys(node, "working hours", problems);
    keys.some("weekdays", weekday_ranges, weekdays);
    keys.some("days_of_month", month_ranges, days_of_month);
    keys.require("times");
    keys.some("times", rule.times, hours);
    for (const auto& range : weekday_ranges) rule.weekdays |= range;
    for (const auto& range : month_ranges) rule.days_of_month.insert(range.begin(), range.end());
    sort_times(keys, rule);
    if (node.kind == Node::Kind::map &&
        (node.find("weekdays") != nullptr) == (node.find("days_of_month") != nullptr)) {
        problems.add(node.at, "working hours need either weekdays or days_of_month");
    }
    rules.push_back(std::move(rule));
}

void check_working_days(const Node& node, const CalendarDraft& calendar, Problems& problems) {
    const bool no_weekdays =
        std::ranges::none_of(calendar.rules, [](const auto& rule) { return rule.weekdays.any(); });
    if (!calendar.rules.empty() && no_weekdays) {
        problems.add(
            node.at,
            "working_hours: no entry has weekdays, so that no day would be worked; add one such as "
            "{weekdays: [mon..fri], times: [\"09:00-18:00\"]}");
    }
    for (const sys_days day : calendar.make_up_days) {
        if (!calendar.holidays.contains(day)) continue;
        problems.add(node.at,
                     fmt::format("{} is both a holiday and a make-up day; keep one", show(day)));
    }
}

void read_calendar(const Node& node, Problems& problems, CalendarDraft& calendar) {
    Section keys(node, "the calendar", problems);
    for (const Node& rule : keys.items("working_hours"))
        read_hours_rule(rule, problems, calendar.rules);
    read_dates(keys, "holidays", calendar.holidays);
    read_dates(keys, "make_up_days", calendar.make_up_days);
    check_working_days(node, calendar, problems);
}

/// days: working, all, or weekdays such as mon..fri or [mon, wed].
void read_days(Section& keys, core::RoundPlan& plan) {
    const Node* days = keys.any("days");
    if (days == nullptr) return;
    if (days->kind == Node::Kind::scalar && days->text == "working") return;
    if (days->kind == Node::Kind::scalar && days->text == "all") {
        plan.days = core::RoundPlan::Days::all;
        return;
    }
    plan.days = core::RoundPlan::Days::weekdays;
    const std::span<const Node> ranges =
        days->kind == Node::Kind::list ? std::span(days->items) : std::span(days, 1);
    for (const Node& range : ranges) {
        if (const auto some = weekdays(range.text)) {
            plan.weekdays |= *some;
        } else {
            keys.problem("days", range.at,
                         refusal(range.text, "days for a round",
                                 "write working, all, or weekdays such as [mon, wed..fri]")
                             .message);
        }
    }
    if (ranges.empty())
        keys.problem("days", days->at,
                     "has no day; write working, all, or weekdays such as [mon, wed..fri]");
}

}  // namespace

void read_site(const Node& node, Problems& problems, Draft& draft) {
    Section keys(node, "site", problems);
    keys.optional("name", draft.site, line_of_text);
    keys.optional("locale", draft.language,
                  one_of("a language of Rounds", core::language_of, locale_words));
    keys.optional("time_zone", draft.zone,
                  [](std::string_view name) { return system_time_zone(std::string(name)); });
}

void read_calendars(const Node& node, Problems& problems, Draft& draft) {
    Section keys(node, "calendars", problems);
    if (const Node* calendar = keys.map("default"))
        read_calendar(*calendar, problems, draft.calendar);
}

void read_polling(const Node& node, Problems& problems, Draft& draft) {
    Section keys(node, "polling", problems);
    if (const Node* ping = keys.map("ping"))
        read_ping(*ping, "ping of polling", {}, problems, draft.defaults.site.ping);
    keys.list("anchors", draft.anchors, address);
    if (const Node* snmp = keys.map("snmp"))
        read_snmp(*snmp, "snmp of polling", problems, draft.defaults.site.snmp);
    keys.not_yet({"tcp", "http"});
}

void read_rounds(std::span<const Node> rounds, Problems& problems, Draft& draft) {
    for (const Node& node : rounds) {
        RoundDraft round;
        Section keys(node, "a round", problems);
        keys.required("name", round.plan.name, line_of_text);
        keys.required("at", round.plan.at, time_of_day);
        read_days(keys, round.plan);
        round.name_at = keys.place("name");
        draft.rounds.push_back(std::move(round));
    }
}

void read_reports(const Node& node, Problems& problems, Draft& draft) {
    Section keys(node, "reports", problems);
    keys.not_yet({"monthly", "handover", "cutover"});
    const Node* daily = keys.map("daily");
    if (daily == nullptr) return;
    Section daily_keys(*daily, "daily of reports", problems);
    if (daily_keys.optional("after", draft.daily_after.name, line_of_text)) {
        draft.daily_after.at = daily_keys.place("after");
    }
    std::vector<ReportFormat> formats;
    daily_keys.some("formats", formats, report_format);
    if (daily->find("formats") != nullptr) draft.daily_formats = std::move(formats);
    daily_keys.not_yet({"mail"});
}

void read_api(const Node& node, Problems& problems, Draft& draft) {
    Section keys(node, "api", problems);
    read_path(keys, "socket", problems, draft.socket);
    const std::size_t length = draft.socket ? draft.socket->string().size() : 0;
    if (length <= longest_socket_path) return;
    keys.problem(
        "socket", keys.place("socket"),
        fmt::format("{} has {} bytes, and the path of a socket at most {}; choose a shorter one",
                    draft.socket->string(), length, longest_socket_path));
}

void read_storage(const Node& node, Problems& problems, Draft& draft) {
    Section keys(node, "storage", problems);
    read_path(keys, "state", problems, draft.state);
    read_path(keys, "reports", problems, draft.reports);
    keys.optional("keep", draft.keep_days, days(1, 36500));
    keys.optional("keep_samples", draft.keep_samples_days, days(1, 36500));
}

}  // namespace rounds::config
