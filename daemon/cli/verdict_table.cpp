#include "daemon/cli/verdict_table.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "core/text.hpp"

namespace rounds::daemon {

namespace {

using core::MessageId;
using core::Verdict;

struct Line {
    Verdict verdict;
    std::array<std::string, 6> cells;  ///< verdict, name, address, round trip, loss, remark
};
constexpr std::array numbers{false, false, false, true, true, false};

std::string say(MessageId id, const core::Locale& locale) {
    return core::render({id}, locale);
}

MessageId name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::ok: return MessageId::verdict_ok;
        case Verdict::warning: return MessageId::verdict_warning;
        case Verdict::critical: return MessageId::verdict_critical;
        case Verdict::unknown: return MessageId::verdict_unknown;
        case Verdict::missed: return MessageId::verdict_missed;
        case Verdict::off: return MessageId::verdict_off;
        case Verdict::maintenance: return MessageId::verdict_maintenance;
    }
    return MessageId::verdict_unknown;
}

const char* colour_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::ok: return "\033[32m";
        case Verdict::warning: return "\033[33m";
        case Verdict::critical: return "\033[1;31m";
        default: return "\033[2m";
    }
}

/// The wrong first; off last.
int rank(Verdict verdict) {
    constexpr std::array order{Verdict::critical, Verdict::warning,     Verdict::unknown,
                               Verdict::missed,   Verdict::maintenance, Verdict::ok,
                               Verdict::off};
    return static_cast<int>(std::ranges::find(order, verdict) - order.begin());
}

Line line_of(const std::string& name, const std::string& address,
             const core::Conclusion& conclusion, const std::optional<core::EchoStats>& echo,
             const core::Locale& locale) {
    const bool answered = echo && echo->rtt;
    return {conclusion.verdict,
            {say(name_of(conclusion.verdict), locale), core::printable(name, 40),
             core::printable(address, 45), answered ? core::show(echo->rtt->avg, locale) : "",
             echo ? core::show(core::Ratio{echo->loss()}, locale) : "",
             conclusion.reason ? core::render(*conclusion.reason, locale) : ""}};
}

std::string row(const std::array<std::string, 6>& cells, const std::array<std::size_t, 6>& widths) {
    std::string text;
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) {
        text +=
            numbers[i] ? core::pad_left(cells[i], widths[i]) : core::pad_right(cells[i], widths[i]);
        text += "  ";
    }
    text += cells.back();
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

std::vector<Line> lines_of(const core::RoundRecord& round, const core::Locale& locale) {
    std::vector<Line> lines;
    for (const auto& device : round.devices) {
        lines.push_back(
            line_of(device.name, device.address, device.conclusion, device.echo, locale));
    }
    for (const auto& link : round.links) {
        lines.push_back(line_of(link.name, link.carrier, link.conclusion, link.echo, locale));
    }
    std::ranges::stable_sort(lines, {}, [](const Line& line) { return rank(line.verdict); });
    return lines;
}

}  // namespace

std::string verdict_table(const core::RoundRecord& round, const core::Locale& locale,
                          bool colours) {
    const auto lines = lines_of(round, locale);
    const std::array titles{
        say(MessageId::cli_result, locale),  say(MessageId::cli_device, locale),
        say(MessageId::cli_address, locale), say(MessageId::cli_round_trip, locale),
        say(MessageId::cli_loss, locale),    say(MessageId::cli_remark, locale)};
    std::array<std::size_t, 6> widths{};
    for (std::size_t i = 0; i < widths.size(); ++i) {
        widths[i] = core::columns(titles[i]);
        for (const auto& line : lines)
            widths[i] = std::max(widths[i], core::columns(line.cells[i]));
    }
    std::string text = row(titles, widths) + "\n";
    core::Tally tally;
    for (const auto& line : lines) {
        const auto plain = row(line.cells, widths);
        text +=
            colours ? fmt::format("{}{}\033[0m\n", colour_of(line.verdict), plain) : plain + "\n";
    }
    for (const auto& device : round.devices) tally.add(device.conclusion.verdict);
    const core::Message sum{MessageId::cli_tally,
                            {{"due", std::int64_t{tally.due}},
                             {"done", std::int64_t{tally.done}},
                             {"missed", std::int64_t{tally.missed}},
                             {"ok", std::int64_t{tally.ok}},
                             {"warning", std::int64_t{tally.warning}},
                             {"critical", std::int64_t{tally.critical}},
                             {"off", std::int64_t{tally.off}}}};
    return text + core::render(sum, locale) + "\n";
}

}  // namespace rounds::daemon
