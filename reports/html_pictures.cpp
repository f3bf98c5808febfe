// Strips and lines as SVG. Shape and height tell the states apart, not colour alone: up is a bar in
// the middle, down fills the height, suppressed is hollow, off is low, no data is a hairline.
#include <algorithm>

#include <fmt/format.h>

#include "reports/html_parts.hpp"
#include "reports/words.hpp"

namespace rounds::reports {

using core::Locale;
using core::MessageId;
using core::State;

namespace {

constexpr double wide = 1000;  // of the drawing; stretched to the cell
constexpr double visible = 7;  // a short outage is drawn at least so wide
constexpr double tall = 20;

struct Shape {
    std::string_view css;
    double y = 0, height = 0;
};

Shape shape_of(State state) {
    switch (state) {
        case State::up: return {"up", 7, 6};
        case State::down: return {"down", 0, 20};
        case State::suppressed: return {"hid", 3, 14};
        case State::off: return {"off", 14, 3};
        case State::unknown: break;
    }
    return {"none", 9.5, 1};
}

std::string rect(std::string_view css, double x, double y, double width, double height) {
    return fmt::format(R"(<rect class="{}" x="{:.4g}" y="{:.4g}" width="{:.4g}" height="{:.4g}"/>)",
                       css, x, y, width, height);
}

double position(const Strip& strip, core::WallTime time) {
    const auto length = static_cast<double>(strip.whole.length().count());
    const auto at = static_cast<double>((time - strip.whole.from).count());
    return length > 0 ? std::clamp(at / length, 0.0, 1.0) * wide : 0;
}

// Midnights of the office, where the period has several days.
std::string midnights(const Strip& strip, const Locale& locale) {
    std::string out;
    if (strip.whole.length() <= std::chrono::hours{26}) return out;
    const core::TimeZone& zone = zone_of(locale);
    for (std::chrono::sys_days day{zone.date_at(strip.whole.from)};; day += std::chrono::days{1}) {
        const core::WallTime start = zone.start_of(core::Date{day});
        if (start >= strip.whole.until) return out;
        if (start > strip.whole.from) out += rect("tick", position(strip, start) - 1, 0, 2, tall);
    }
}

void add_part(std::string& out, const Strip& strip, const Strip::Part& part) {
    const Shape shape = shape_of(part.state);
    double x = position(strip, part.period.from);
    double width = position(strip, part.period.until) - x;
    const bool must_show = part.state == State::down || part.state == State::suppressed;
    if (must_show && width < visible) {
        x = std::clamp(x - (visible - width) / 2, 0.0, wide - visible);
        width = visible;
    }
    if (width > 0 && part.state != State::unknown)
        out += rect(shape.css, x, shape.y, width, shape.height);
}

std::string picture(std::string_view css, std::string_view box, const std::string& label,
                    const std::string& inside) {
    return fmt::format(
        R"(<svg class="{}" role="img" aria-label="{}" viewBox="{}" preserveAspectRatio="none">{}</svg>)",
        css, escaped(label), box, inside);
}

}  // namespace

std::string strip_svg(const Strip& strip, const Locale& locale) {
    std::string inside;
    for (const core::Period& hours : strip.working_hours) {
        const double x = position(strip, hours.from);
        const double width = position(strip, hours.until) - x;
        if (width > 0) inside += rect("work", x, 0, width, tall);
    }
    inside += midnights(strip, locale) + rect("none", 0, 9.5, wide, 1);
    // What must be seen is drawn last, above what it was widened over.
    for (const bool wrong : {false, true}) {
        for (const Strip::Part& part : strip.parts) {
            if (wrong == (part.state == State::down || part.state == State::suppressed))
                add_part(inside, strip, part);
        }
    }
    return picture("strip", "0 0 1000 20", describe(strip, locale), inside);
}

namespace {

// The value at the top of the picture: a steady line lies in the middle, a peak rises above it.
double top_of(const Line& line) {
    std::vector<double> values;
    for (const auto& value : line.values) {
        if (value) values.push_back(*value);
    }
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return std::max(values.back(), values[values.size() / 2] * 1.9);
}

// One stretch without gap; a value alone between two gaps is a short dash.
std::string stretch(const Line& line, std::size_t begin, std::size_t end, double top) {
    const double step = wide / static_cast<double>(line.values.size());
    const auto y = [&](std::size_t i) { return 19 - *line.values[i] / top * 18; };
    std::string points =
        fmt::format("{:.4g},{:.4g}", (static_cast<double>(begin) + 0.1) * step, y(begin));
    for (std::size_t i = begin; i < end; ++i)
        points += fmt::format(" {:.4g},{:.4g}", (static_cast<double>(i) + 0.5) * step, y(i));
    points += fmt::format(" {:.4g},{:.4g}", (static_cast<double>(end) - 0.1) * step, y(end - 1));
    return fmt::format("<polyline points=\"{}\"/>", points);
}

}  // namespace

std::string line_svg(const Line& line, const Locale& locale) {
    const double top = top_of(line);
    if (top <= 0) return "<span class=\"soft\">—</span>";
    std::string inside = rect("floor", 0, 19.5, wide, 0.5);
    for (std::size_t begin = 0; begin < line.values.size();) {
        std::size_t end = begin;
        while (end < line.values.size() && line.values[end]) ++end;
        if (end > begin) inside += stretch(line, begin, end, top);
        begin = end + 1;
    }
    return picture("spark", "0 0 1000 20", describe(line, locale), inside);
}

std::string legend_html(const Locale& locale) {
    const auto entry = [&](State state, MessageId id) {
        const Shape shape = shape_of(state);
        return fmt::format(
            R"(<li><svg class="key" aria-hidden="true" viewBox="0 0 12 20">{}</svg>{}</li>)",
            rect(shape.css, 1, shape.y, 10, shape.height), escaped(render({id}, locale)));
    };
    return fmt::format(
        "<ul class=\"legend\">{}{}{}{}{}<li><svg class=\"key\" aria-hidden=\"true\" viewBox=\"0 0 "
        "12 20\">"
        "{}</svg>{}</li></ul>\n",
        entry(State::up, MessageId::report_legend_up),
        entry(State::down, MessageId::report_legend_down),
        entry(State::suppressed, MessageId::report_legend_suppressed),
        entry(State::off, MessageId::report_legend_off),
        entry(State::unknown, MessageId::report_legend_nothing), rect("work", 0, 0, 12, 20),
        escaped(render({MessageId::report_legend_work}, locale)));
}

}  // namespace rounds::reports
