#include "daemon/cli/incident_lines.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "core/text.hpp"
#include "core/time_format.hpp"
#include "daemon/cli/table.hpp"

namespace rounds::daemon {

namespace {

using core::MessageId;
using Words = std::pair<std::string_view, MessageId>;

constexpr std::array state_words{Words{"open", MessageId::api_state_open},
                                 Words{"acknowledged", MessageId::api_state_acknowledged},
                                 Words{"resolved", MessageId::api_state_resolved},
                                 Words{"closed", MessageId::api_state_closed}};
constexpr std::array event_words{Words{"incident.opened", MessageId::api_event_opened},
                                 Words{"incident.acknowledged", MessageId::api_event_acknowledged},
                                 Words{"incident.commented", MessageId::api_event_commented},
                                 Words{"incident.worsened", MessageId::api_event_worsened},
                                 Words{"incident.flapping", MessageId::api_event_flapping},
                                 Words{"incident.resolved", MessageId::api_event_resolved},
                                 Words{"incident.reopened", MessageId::api_event_reopened},
                                 Words{"incident.closed", MessageId::api_event_closed}};
constexpr std::array severities{MessageId::report_severity_first, MessageId::report_severity_second,
                                MessageId::report_severity_third,
                                MessageId::report_severity_fourth};

std::string say(MessageId id, const core::Locale& locale) {
    return core::render({id}, locale);
}

/// In the reader's words; a word that is none of ours (of a later version) stays.
std::string word_of(const std::string& word, std::span<const Words> words,
                    const core::Locale& locale) {
    const auto found = std::ranges::find(words, std::string_view(word), &Words::first);
    return found == words.end() ? core::printable(word, 30) : say(found->second, locale);
}

std::string severity_word(const Json& incident, const core::Locale& locale) {
    const auto number = number_in(incident, "severity");
    if (number < 1 || number > 4) return "";
    return say(severities.at(static_cast<std::size_t>(number - 1)), locale);
}

std::string subject_name(const Json& incident, const core::Locale& locale) {
    const auto& subject = part_of(incident, "subject");
    if (text_in(subject, "kind") == "rounds") return say(MessageId::api_rounds_itself, locale);
    const auto name = text_in(subject, "name");
    return core::printable(name.empty() ? text_in(subject, "id") : name, 40);
}

std::string summary_of(const Json& incident) {
    const auto instance = text_in(incident, "instance");
    const auto text = core::printable(text_in(incident, "summary", "text"), 300);
    return instance.empty() ? text : core::printable(instance, 40) + ": " + text;
}

std::string moment(const Json& object, std::string_view key, const core::Locale& locale) {
    const auto time = time_in(object, key);
    return time ? core::date_and_clock(*time, locale) : std::string();
}

std::string hidden_line(const Json& incident, const core::Locale& locale) {
    const auto& hidden = part_of(incident, "suppressed");
    if (number_in(hidden, "count") == 0) return {};
    std::string names;
    for (const auto& device : part_of(hidden, "devices"))
        names += (names.empty() ? "" : ", ") + core::printable(text_in(device, "name"), 40);
    return "  " +
           core::render(
               {MessageId::api_hidden, {{"count", number_in(hidden, "count")}, {"names", names}}},
               locale) +
           "\n";
}

/// What people wrote in several lines stays in several lines, each safe to show.
std::string comment_lines(std::string_view comment) {
    std::string text;
    while (!comment.empty()) {
        const auto line = comment.substr(0, comment.find('\n'));
        text += "      " + core::printable(line, 1000) + "\n";
        comment.remove_prefix(std::min(comment.size(), line.size() + 1));
    }
    return text;
}

}  // namespace

std::string state_word(const Json& incident, const core::Locale& locale) {
    return word_of(text_in(incident, "state"), state_words, locale);
}

std::string incident_table(const Json& incidents, const core::Locale& locale) {
    std::vector<std::vector<std::string>> rows{
        {say(MessageId::api_incident, locale), say(MessageId::api_severity, locale),
         say(MessageId::api_state, locale), say(MessageId::api_since, locale),
         say(MessageId::api_subject, locale), say(MessageId::api_handler, locale),
         say(MessageId::api_summary, locale)}};
    for (const auto& incident : incidents) {
        rows.push_back({core::printable(text_in(incident, "id"), 40),
                        severity_word(incident, locale), state_word(incident, locale),
                        moment(incident, "began", locale), subject_name(incident, locale),
                        core::printable(text_in(incident, "acknowledged_by"), 40),
                        summary_of(incident)});
    }
    return table(rows);
}

std::string incident_text(const Json& incident, const Json& events, const core::Locale& locale) {
    std::string text =
        fmt::format("{}  {}  {}  {}\n  {}\n", core::printable(text_in(incident, "id"), 40),
                    severity_word(incident, locale), state_word(incident, locale),
                    subject_name(incident, locale), summary_of(incident));
    if (is_true(incident, "flapping")) text += "  " + say(MessageId::api_flaps, locale) + "\n";
    text += hidden_line(incident, locale);
    for (const auto& event : events) {
        const auto reason = core::printable(text_in(event, "reason", "text"), 300);
        std::string line =
            fmt::format("  {}  {}  {}", moment(event, "timestamp", locale),
                        core::pad_right(word_of(text_in(event, "type"), event_words, locale), 12),
                        core::printable(text_in(event, "actor"), 100));
        if (!reason.empty()) line += (line.ends_with(' ') ? "" : "  ") + reason;
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n" + comment_lines(text_in(event, "comment"));
    }
    return text;
}

}  // namespace rounds::daemon
