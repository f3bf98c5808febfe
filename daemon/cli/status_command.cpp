#include <algorithm>

#include <fmt/format.h>

#include "core/text.hpp"
#include "core/time_format.hpp"
#include "core/verdict.hpp"
#include "daemon/cli/asking.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/incident_lines.hpp"
#include "daemon/cli/speak.hpp"

namespace rounds::daemon {

namespace {

using core::MessageId;
using core::State;

std::string words_of(MessageId id, const core::Locale& locale,
                     std::vector<std::pair<std::string, core::Value>> with = {}) {
    return core::render({id, std::move(with)}, locale);
}

std::int64_t count_of(const Json& status, State state) {
    return number_in(part_of(status, "counts"), core::word(state));
}

std::string daemon_line(const Json& status, const core::Locale& locale) {
    const auto& age = part_of(status, "sign_of_life_age_seconds");
    if (!age.is_number()) return words_of(MessageId::cli_daemon_never, locale);
    const auto id = is_true(status, "daemon_running") ? MessageId::cli_daemon_alive
                    : is_true(status, "daemon_ended") ? MessageId::cli_daemon_ended
                                                      : MessageId::cli_daemon_gone;
    const core::Duration ago(static_cast<std::int64_t>(age.get<double>() * 1000));
    return words_of(id, locale, {{"ago", ago}});
}

std::string trouble_line(const Json& trouble, const core::Locale& locale) {
    std::string text = fmt::format("  {}  ", core::printable(text_in(trouble, "name"), 60));
    text += core::printable(text_in(trouble, "reason"), 300);
    if (const auto since = time_in(trouble, "since"))
        text += "  " + words_of(MessageId::cli_since, locale, {{"since", *since}});
    if (const auto behind = number_in(trouble, "suppressed_behind"); behind > 0)
        text += "  " + words_of(MessageId::cli_behind, locale, {{"count", behind}});
    return text + "\n";
}

std::string trouble_lines(const Json& status, const core::Locale& locale) {
    const auto& troubles = part_of(status, "down");
    const bool well = count_of(status, State::unknown) == 0 && is_true(status, "daemon_running") &&
                      number_in(status, "unresolved_incidents") == 0;
    if (troubles.empty()) return well ? words_of(MessageId::cli_all_well, locale) + "\n" : "";
    std::string text = words_of(MessageId::cli_wrong_now, locale,
                                {{"count", static_cast<std::int64_t>(troubles.size())}}) +
                       "\n";
    for (const auto& trouble : troubles) text += trouble_line(trouble, locale);
    return text;
}

std::string incident_lines(const Json& status, const core::Locale& locale) {
    const auto count = number_in(status, "unresolved_incidents");
    if (count == 0) return {};
    return words_of(MessageId::api_unresolved, locale, {{"count", count}}) + "\n" +
           incident_table(part_of(status, "incidents"), locale);
}

std::string round_line(const Json& status, const core::Locale& locale) {
    const auto& round = part_of(status, "last_round");
    const auto began = time_in(round, "began");
    if (!began) return words_of(MessageId::cli_no_round, locale);
    return words_of(
        MessageId::cli_last_round, locale,
        {{"name", text_in(round, "name")}, {"at", *began}, {"id", text_in(round, "id")}});
}

std::string text_of(const Json& status, const core::Locale& locale) {
    std::string text = trouble_lines(status, locale) + incident_lines(status, locale);
    if (const auto blind = time_in(status, "blind_since"))
        text += words_of(MessageId::cli_blind, locale, {{"since", *blind}}) + "\n";
    text += words_of(MessageId::cli_counts, locale,
                     {{"up", count_of(status, State::up)},
                      {"down", count_of(status, State::down)},
                      {"suppressed", count_of(status, State::suppressed)},
                      {"off", count_of(status, State::off)},
                      {"unknown", count_of(status, State::unknown)}}) +
            "\n";
    return text + round_line(status, locale) + "\n" + daemon_line(status, locale) + "\n";
}

int code_of(const Json& status) {
    if (!part_of(status, "down").empty()) return 2;
    if (!is_true(status, "daemon_running") || part_of(status, "blind_since").is_string()) return 3;
    return number_in(status, "unresolved_incidents") > 0 ? 1 : 0;
}

core::Duration duration_in(const Json& object, std::string_view key) {
    return core::Duration(static_cast<std::int64_t>(real_in(object, key) * 1000));
}

std::string looks_line(const Json& hour, const std::string& kind, const core::Locale& locale) {
    const auto& looks = part_of(hour, kind == "SNMP" ? "snmp" : "ping");
    return words_of(MessageId::cli_self_looks, locale,
                    {{"kind", kind},
                     {"count", number_in(looks, "looks")},
                     {"late", number_in(looks, "late")},
                     {"latest", duration_in(looks, "latest_seconds")},
                     {"overran", number_in(looks, "overran")}});
}

std::string self_text(const Json& self, const core::Locale& locale) {
    const bool well = is_true(self, "keeps_up");
    const auto& hour = part_of(self, "last_hour");
    const auto& writes = part_of(hour, "writes");
    const auto& waiting = part_of(self, "waiting");
    const double running = std::max(real_in(self, "running_seconds"), 1.0);
    constexpr double megabyte = 1'000'000;
    const auto resident = static_cast<std::int64_t>(real_in(self, "resident_bytes") / megabyte);
    std::string text =
        words_of(well ? MessageId::cli_self_keeps_up : MessageId::cli_self_behind, locale) + "\n";
    for (const char* kind : {"ping", "SNMP"}) text += looks_line(hour, kind, locale) + "\n";
    text += words_of(MessageId::cli_self_writes, locale,
                     {{"count", number_in(writes, "count")},
                      {"mean", duration_in(writes, "mean_seconds")},
                      {"longest", duration_in(writes, "longest_seconds")}}) +
            "\n";
    text += words_of(MessageId::cli_self_waiting, locale,
                     {{"changes", number_in(waiting, "changes")},
                      {"samples", number_in(waiting, "samples")},
                      {"deliveries", number_in(waiting, "deliveries")},
                      {"parked", number_in(waiting, "parked")}}) +
            "\n";
    text += words_of(MessageId::cli_self_process, locale,
                     {{"since", time_in(self, "started").value_or(core::WallTime{})},
                      {"memory", resident},
                      {"cpu", core::Ratio{real_in(self, "cpu_seconds") / running}}}) +
            "\n";
    return text;
}

int self_status(const StatusOptions& options, const config::Setup& setup,
                const core::Locale& locale) {
    const auto found = ask_running(setup, "/v1/self");
    if (!found) return complain(found.error(), 3);
    return say(options.json ? written(found->object) : self_text(found->object, locale),
               is_true(found->object, "keeps_up") ? 0 : 1);
}

}  // namespace

int status(const StatusOptions& options) {
    const auto loaded = config::load(options.config);
    if (!loaded.setup) return complain(loaded.problems);
    const auto locale = locale_of(*loaded.setup, options.locale);
    if (options.self) return self_status(options, *loaded.setup, locale);
    const auto found = look_up(*loaded.setup, "/v1/status" + in_language(locale));
    if (!found) return complain(found.error(), 3);
    return say(options.json ? written(found->object) : text_of(found->object, locale),
               code_of(found->object));
}

}  // namespace rounds::daemon
