#include "reports/text_table.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>

#include <fmt/format.h>

#include "core/text.hpp"
#include "reports/text_drawing.hpp"
#include "reports/words.hpp"

namespace rounds::reports {

using core::Locale;

namespace {

constexpr std::size_t strip_columns = 24, short_strip = 12, line_columns = 16;
constexpr std::size_t whole_word = 18, short_words = 12,
                      narrowest = 8;  // how far columns of words give way
constexpr std::string_view between = "  ", details = "   ";

using Lines = std::vector<std::string>;

// Where the character that begins at `i` ends.
std::size_t next(const std::string& words, std::size_t i) {
    ++i;
    while (i < words.size() && (static_cast<unsigned char>(words[i]) & 0xc0) == 0x80) ++i;
    return i;
}

// The pieces a line may be broken between: runs of narrow characters with the spaces after them,
// wide characters one by one (with a comma or full stop that follows).
Lines pieces(const std::string& words) {
    Lines found;
    bool open = false, bracket = false;  // does the last piece go on?
    for (std::size_t i = 0; i < words.size();) {
        const std::size_t end = next(words, i);
        const std::string one = words.substr(i, end - i);
        const bool wide = core::columns(one) > 1;
        const bool closing =
            one == "，" || one == "。" || one == "、" || one == "）" || one == "；" || one == "：";
        if (!found.empty() && (closing || bracket || (open && !wide)))
            found.back() += one;
        else
            found.push_back(one);
        bracket = one == "（";
        open = !wide && one != " ";
        i = end;
    }
    return found;
}

void break_long(Lines& lines, const std::string& piece, std::size_t width) {
    for (std::size_t i = 0; i < piece.size();) {
        const std::size_t end = next(piece, i);
        const std::string one = piece.substr(i, end - i);
        if (core::columns(lines.back()) + core::columns(one) > width && !lines.back().empty())
            lines.emplace_back();
        lines.back() += one;
        i = end;
    }
}

std::string trimmed(std::string words) {
    while (!words.empty() && words.back() == ' ') words.pop_back();
    return words;
}

}  // namespace

Lines wrapped(const std::string& words, std::size_t width) {
    Lines lines{""};
    for (const std::string& piece : pieces(words)) {
        if (core::columns(lines.back()) + core::columns(trimmed(piece)) > width &&
            !lines.back().empty())
            lines.emplace_back();
        if (core::columns(trimmed(piece)) > width)
            break_long(lines, piece, width);
        else
            lines.back() += piece;
    }
    for (std::string& line : lines) line = trimmed(std::move(line));
    return lines;
}

namespace {

bool drawing(const Content& content) {
    return std::holds_alternative<Strip>(content) || std::holds_alternative<Line>(content);
}

std::string main_line(const Cell& cell, const Locale& locale, std::size_t strip_width) {
    if (const auto* strip = std::get_if<Strip>(&cell.content)) return draw(*strip, strip_width);
    if (const auto* line = std::get_if<Line>(&cell.content)) return draw(*line, line_columns);
    if (const auto* verdict = std::get_if<core::Verdict>(&cell.content))
        return fmt::format("{} {}", mark(*verdict), shown(cell, locale));
    return shown(cell, locale);
}

struct Grid {
    std::vector<Lines> heading;            // per column
    std::vector<std::vector<Lines>> rows;  // per row and column
    std::vector<std::size_t> widths;
    std::vector<std::size_t> wanted;  // narrower than this a column is unpleasant to read
    std::vector<bool> numbers, drawings;
    std::vector<std::size_t> below;  // columns of the table that stand below the rows
};

// What keeps its width: pictures, numbers, moments, verdicts.
bool rigid(const Cell& cell, const Column& column) {
    const auto* value = std::get_if<core::Value>(&cell.content);
    return column.number || drawing(cell.content) ||
           std::holds_alternative<core::Verdict>(cell.content) ||
           (value != nullptr && std::holds_alternative<core::WallTime>(*value));
}

std::size_t longest(const Lines& lines) {
    std::size_t columns = 0;
    for (const std::string& line : lines) columns = std::max(columns, core::columns(trimmed(line)));
    return columns;
}

// So wide a column of words should be: no word broken, few words on one line.
std::size_t wanted_for(const Lines& lines) {
    std::size_t columns = 0;
    for (const std::string& line : lines)
        columns =
            std::max({columns, longest(pieces(line)), std::min(core::columns(line), short_words)});
    return std::min(columns, whole_word);
}

void add_column(Grid& grid, const Table& table, std::size_t i, const Locale& locale,
                std::size_t strip_width) {
    const Column& column = table.columns[i];
    grid.heading.push_back({render(column.title, locale)});
    grid.numbers.push_back(column.number);
    grid.drawings.push_back(!table.rows.empty() && drawing(table.rows[0].cells[i].content));
    std::size_t width = longest(grid.heading.back()), wanted = wanted_for(grid.heading.back());
    for (std::size_t y = 0; y < table.rows.size(); ++y) {
        const Cell& cell = table.rows[y].cells[i];
        const Lines lines{main_line(cell, locale, strip_width)};
        width = std::max(width, longest(lines));
        wanted = std::max(wanted, rigid(cell, column) ? longest(lines) : wanted_for(lines));
        grid.rows[y].push_back(lines);
    }
    grid.widths.push_back(width);
    grid.wanted.push_back(wanted);
}

Grid grid_of(const Table& table, const Locale& locale, bool with_lines, std::size_t strip_width,
             const std::vector<std::size_t>& below = {}) {
    Grid grid;
    grid.below = below;
    grid.rows.resize(table.rows.size());
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const bool is_line =
            !table.rows.empty() && std::holds_alternative<Line>(table.rows[0].cells[i].content);
        if (std::ranges::find(below, i) != below.end()) continue;
        if (with_lines || !is_line) add_column(grid, table, i, locale, strip_width);
    }
    return grid;
}

std::size_t total(const std::vector<std::size_t>& widths) {
    return std::accumulate(widths.begin(), widths.end(), between.size() * (widths.size() - 1));
}

// The widest column gives way first, down to what it wants; when that is not enough, further.
void shrink(Grid& grid, std::size_t width) {
    for (const bool hard : {false, true}) {
        while (total(grid.widths) > width) {
            std::size_t widest = grid.widths.size();
            for (std::size_t i = 0; i < grid.widths.size(); ++i) {
                const std::size_t least =
                    hard ? std::min(grid.wanted[i], narrowest) : grid.wanted[i];
                if (grid.drawings[i] || grid.widths[i] <= least) continue;
                if (widest == grid.widths.size() || grid.widths[i] > grid.widths[widest])
                    widest = i;
            }
            if (widest == grid.widths.size()) break;
            --grid.widths[widest];
        }
    }
}

Grid fitting_grid(const Table& table, const Locale& locale, std::size_t width) {
    Grid grid = grid_of(table, locale, true, strip_columns);
    for (std::size_t strip = strip_columns; total(grid.wanted) > width && strip >= short_strip;
         strip -= 4)
        grid = grid_of(table, locale, false, strip);
    std::vector<std::size_t> below;
    for (std::size_t i = table.columns.size(); i-- > 0 && total(grid.wanted) > width;) {
        if (!table.columns[i].yields) continue;
        below.insert(below.begin(), i);
        grid = grid_of(table, locale, false, short_strip, below);
    }
    shrink(grid, width);
    return grid;
}

void write_row(std::string& out, const std::vector<Lines>& cells, const Grid& grid) {
    std::vector<Lines> columns;
    std::size_t height = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        Lines lines;
        for (const std::string& words : cells[i]) {
            const Lines parts = wrapped(words, grid.widths[i]);
            lines.insert(lines.end(), parts.begin(), parts.end());
        }
        height = std::max(height, lines.size());
        columns.push_back(std::move(lines));
    }
    for (std::size_t y = 0; y < height; ++y) {
        std::string line;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const std::string words = y < columns[i].size() ? columns[i][y] : std::string{};
            if (i > 0) line += between;
            line += grid.numbers[i] ? core::pad_left(words, grid.widths[i])
                                    : core::pad_right(words, grid.widths[i]);
        }
        out += trimmed(std::move(line)) + "\n";
    }
}

// The small lines of all cells, together below their row, with what found no room in it.
void write_details(std::string& out, const Row& row, const Table& table, const Grid& grid,
                   const Locale& locale, std::size_t width) {
    Lines words;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const Cell& cell = row.cells[i];
        const bool is_below = std::ranges::find(grid.below, i) != grid.below.end();
        if (is_below && !std::holds_alternative<Absent>(cell.content))
            words.push_back(fmt::format("{} {}", render(table.columns[i].title, locale),
                                        main_line(cell, locale, short_strip)));
        Lines small = shown_under(cell, locale);
        if (table.columns[i].names_under && !small.empty())
            small = {fmt::format("{} {}", render(table.columns[i].title, locale),
                                 fmt::join(small, " / "))};
        std::ranges::move(small, std::back_inserter(words));
    }
    if (words.empty()) return;
    for (const std::string& line :
         wrapped(fmt::format("{}", fmt::join(words, " · ")), width - details.size()))
        out += fmt::format("{}{}\n", details, line);
}

}  // namespace

std::string text_table(const Table& table, const Locale& locale, std::size_t width) {
    const Grid grid = fitting_grid(table, locale, width);
    std::string out;
    write_row(out, grid.heading, grid);
    for (std::size_t i = 0; i < grid.widths.size(); ++i) {
        if (i > 0) out += between;
        for (std::size_t k = 0; k < grid.widths[i]; ++k) out += "─";
    }
    out += "\n";
    for (std::size_t y = 0; y < grid.rows.size(); ++y) {
        write_row(out, grid.rows[y], grid);
        write_details(out, table.rows[y], table, grid, locale, width);
    }
    return out;
}

std::string text_legend(const core::Locale& locale, std::size_t width) {
    using core::MessageId;
    using core::State;
    const std::pair<State, MessageId> entries[] = {
        {State::up, MessageId::report_legend_up},
        {State::down, MessageId::report_legend_down},
        {State::suppressed, MessageId::report_legend_suppressed},
        {State::off, MessageId::report_legend_off},
        {State::unknown, MessageId::report_legend_nothing}};
    Lines lines{""};
    for (const auto& [state, id] : entries) {
        const std::string entry = fmt::format("{} {}", glyph(state), render({id}, locale));
        const bool fits =
            core::columns(lines.back()) + details.size() + core::columns(entry) <= width;
        if (!lines.back().empty() && !fits) lines.emplace_back();
        if (!lines.back().empty()) lines.back() += details;
        lines.back() += entry;
    }
    return fmt::format("{}\n", fmt::join(lines, "\n"));
}

}  // namespace rounds::reports
