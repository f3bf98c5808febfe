#include "reports/words.hpp"

#include <array>

#include <fmt/format.h>

#include "core/text.hpp"

namespace rounds::reports {

using core::Language;
using core::Locale;
using core::Message;
using core::MessageId;

namespace {

constexpr std::size_t longest_name = 60;  // in a sentence; tables have the rest

bool chinese(const Locale& locale) {
    return locale.language == Language::chinese;
}

template <class... Case>
struct Match : Case... {
    using Case::operator()...;
};

MessageId name_of(core::Verdict verdict) {
    using enum core::Verdict;
    switch (verdict) {
        case ok: return MessageId::report_verdict_ok;
        case warning: return MessageId::report_verdict_warning;
        case critical: return MessageId::report_verdict_critical;
        case unknown: return MessageId::report_verdict_unknown;
        case missed: return MessageId::report_verdict_missed;
        case off: return MessageId::report_verdict_off;
        case maintenance: break;
    }
    return MessageId::report_verdict_maintenance;
}

MessageId name_of(core::Severity severity) {
    using enum core::Severity;
    switch (severity) {
        case first: return MessageId::report_severity_first;
        case second: return MessageId::report_severity_second;
        case third: return MessageId::report_severity_third;
        case fourth: break;
    }
    return MessageId::report_severity_fourth;
}

// "0.4 ms" and "1.1 ms" become "0.4" and "1.1 ms".
void share_unit(std::vector<std::string>& values) {
    const auto unit_of = [](const std::string& value) {
        const auto space = value.rfind(' ');
        const bool measured = space != std::string::npos && value.find(' ') == space &&
                              value[0] >= '0' && value[0] <= '9';
        return measured ? value.substr(space) : std::string{};
    };
    const std::string unit = unit_of(values.back());
    if (unit.empty()) return;
    for (const std::string& value : values) {
        if (unit_of(value) != unit) return;
    }
    for (std::size_t i = 0; i + 1 < values.size(); ++i)
        values[i].resize(values[i].size() - unit.size());
}

}  // namespace

std::string word_of(core::Verdict verdict, const Locale& locale) {
    return render({name_of(verdict)}, locale);
}

std::string word_of(core::Severity severity, const Locale& locale) {
    return render({name_of(severity)}, locale);
}

std::string_view mark(core::Verdict verdict) {
    using enum core::Verdict;
    switch (verdict) {
        case ok: return "●";
        case warning: return "▲";
        case critical: return "■";
        case unknown:
        case missed: return "◇";
        case off: return "○";
        case maintenance: break;
    }
    return "◆";
}

std::string_view mark(core::Overall overall) {
    using enum core::Overall;
    switch (overall) {
        case normal: return mark(core::Verdict::ok);
        case mostly_normal: return mark(core::Verdict::warning);
        case abnormal: break;
    }
    return mark(core::Verdict::critical);
}

std::string shown(const Content& content, const Locale& locale) {
    return std::visit(
        Match{[](const Absent&) { return std::string{"—"}; },
              [&](const Message& message) { return render(message, locale); },
              [&](const core::Value& value) { return show(value, locale); },
              [&](core::Verdict verdict) { return word_of(verdict, locale); },
              [&](core::Severity severity) { return word_of(severity, locale); },
              [&](const Labelled& labelled) { return render(labelled.label, locale); },
              [&](const Strip& strip) { return describe(strip, locale); },
              [&](const Line& line) { return describe(line, locale); }},
        content);
}

std::string shown(const std::vector<Content>& values, const Locale& locale) {
    std::vector<std::string> words;
    for (const Content& value : values) words.push_back(shown(value, locale));
    if (words.empty()) return {};
    share_unit(words);
    return fmt::format("{}", fmt::join(words, " / "));
}

std::string shown(const Cell& cell, const Locale& locale) {
    std::vector<Content> values{cell.content};
    values.insert(values.end(), cell.also.begin(), cell.also.end());
    return shown(values, locale);
}

std::vector<std::string> shown_under(const Cell& cell, const Locale& locale) {
    std::vector<std::string> words;
    for (const Content& content : cell.under) {
        if (!std::holds_alternative<Absent>(content)) words.push_back(shown(content, locale));
    }
    return words;
}

std::string joined_parts(const Sentence& sentence, const Locale& locale) {
    std::vector<std::string> parts;
    for (const Message& part : sentence.parts) parts.push_back(render(part, locale));
    return fmt::format("{}", fmt::join(parts, chinese(locale) ? "，" : ", "));
}

std::string subject_of(const Sentence& sentence) {
    return core::printable(sentence.subject, longest_name);
}

std::string aside(const Sentence& sentence, const Locale& locale) {
    if (sentence.place.empty()) return " ";
    const std::string words = core::printable(sentence.place, longest_name);
    return chinese(locale) ? "（" + words + "）" : " (" + words + ") ";
}

std::string stopped(std::string sentence, const Locale& locale) {
    return std::move(sentence) + (chinese(locale) ? "。" : ".");
}

std::string numeral(int number, const Locale& locale) {
    if (!chinese(locale)) return fmt::format("{}. ", number);
    static constexpr std::array<std::string_view, 10> digits = {"",   "一", "二", "三", "四",
                                                                "五", "六", "七", "八", "九"};
    const auto tens = static_cast<std::size_t>(number / 10),
               ones = static_cast<std::size_t>(number % 10);
    if (tens == 0) return fmt::format("{}、", digits[ones]);
    return fmt::format("{}十{}、", tens == 1 ? "" : digits[tens], digits[ones]);
}

const core::TimeZone& zone_of(const Locale& locale) {
    static const core::TimeZone utc = core::TimeZone::utc();
    return locale.zone != nullptr ? *locale.zone : utc;
}

}  // namespace rounds::reports
