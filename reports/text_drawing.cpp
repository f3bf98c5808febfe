#include "reports/text_drawing.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace rounds::reports {

using core::State;

namespace {

int weight(State state) {
    switch (state) {
        case State::down: return 4;
        case State::suppressed: return 3;
        case State::up: return 2;
        case State::off: return 1;
        case State::unknown: break;
    }
    return 0;
}

}  // namespace

std::string_view glyph(State state) {
    switch (state) {
        case State::up: return "▄";
        case State::down: return "█";
        case State::suppressed: return "▒";
        case State::off: return "▁";
        case State::unknown: break;
    }
    return "·";
}

std::string draw(const Strip& strip, std::size_t width) {
    const std::int64_t length = strip.whole.length().count();
    std::vector<State> cells(width, State::unknown);
    for (const Strip::Part& part : strip.parts) {
        if (length <= 0 || part.period.length().count() <= 0) continue;
        const auto columns = static_cast<std::int64_t>(width);
        const auto at = [&](core::WallTime time) {
            return (time - strip.whole.from).count() * columns;
        };
        const auto first = static_cast<std::size_t>(
            std::clamp<std::int64_t>(at(part.period.from) / length, 0, columns - 1));
        const auto last = static_cast<std::size_t>(
            std::clamp<std::int64_t>((at(part.period.until) - 1) / length, 0, columns - 1));
        for (std::size_t i = first; i <= last; ++i) {
            if (weight(part.state) > weight(cells[i])) cells[i] = part.state;
        }
    }
    std::string out;
    for (const State state : cells) out += glyph(state);
    return out;
}

std::string draw(const Line& line, std::size_t width) {
    static constexpr std::array<std::string_view, 8> steps = {"▁", "▂", "▃", "▄",
                                                              "▅", "▆", "▇", "█"};
    std::vector<std::optional<double>> peaks(width);
    double greatest = 0;
    for (std::size_t i = 0; i < line.values.size(); ++i) {
        if (!line.values[i]) continue;
        std::optional<double>& peak = peaks[i * width / line.values.size()];
        peak = std::max(peak.value_or(0), *line.values[i]);
        greatest = std::max(greatest, *line.values[i]);
    }
    std::string out;
    for (const auto& peak : peaks) {
        const double height = peak && greatest > 0 ? *peak / greatest : 0;
        const auto step = static_cast<std::size_t>(std::clamp(height * 8.0 - 0.5, 0.0, 7.0));
        out += peak ? steps[step] : std::string_view{" "};
    }
    return out;
}

}  // namespace rounds::reports
