#include "reports/text_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/text.hpp"
#include "reports/text_drawing.hpp"
#include "reports/words.hpp"

namespace rounds::reports {

using core::Locale;

namespace {

constexpr std::size_t strip_columns = 24, line_columns = 16, narrowest = 6;
constexpr std::string_view between = "  ";

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
    bool open = false;  // does the last piece go on?
    for (std::size_t i = 0; i < words.size();) {
        const std::size_t end = next(words, i);
        const std::string one = words.substr(i, end - i);
        const bool wide = core::columns(one) > 1;
        const bool closing =
            one == "，" || one == "。" || one == "、" || one == "）" || one == "；" || one == "：";
        if (!found.empty() && (closing || (open && !wide)))
            found.back() += one;
        else
            found.push_back(one);
        open = one == "（" || (!wide && one != " ");
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

std::string main_line(const Cell& cell, const Locale& locale) {
    if (const auto* strip = std::get_if<Strip>(&cell.content)) return draw(*strip, strip_columns);
    if (const auto* line = std::get_if<Line>(&cell.content)) return draw(*line, line_columns);
    if (const auto* verdict = std::get_if<core::Verdict>(&cell.content))
        return fmt::format("{} {}", mark(*verdict), shown(cell, locale));
    return shown(cell, locale);
}

struct Grid {
    std::vector<Lines> heading;            // per column
    std::vector<std::vector<Lines>> rows;  // per row and column: main line, small line
    std::vector<std::size_t> widths;
    std::vector<bool> numbers, drawings;
};

void widen(Grid& grid, std::size_t column, const Lines& lines) {
    for (const std::string& line : lines)
        grid.widths[column] = std::max(grid.widths[column], core::columns(line));
}

Grid grid_of(const Table& table, const Locale& locale, bool with_lines) {
    Grid grid;
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const bool is_line =
            !table.rows.empty() && std::holds_alternative<Line>(table.rows[0].cells[i].content);
        if (is_line && !with_lines) continue;
        chosen.push_back(i);
        grid.heading.push_back({render(table.columns[i].title, locale)});
        grid.numbers.push_back(table.columns[i].number);
        grid.drawings.push_back(!table.rows.empty() && drawing(table.rows[0].cells[i].content));
    }
    grid.widths.assign(chosen.size(), 0);
    for (const Row& row : table.rows) {
        std::vector<Lines> cells;
        for (const std::size_t i : chosen) {
            Lines lines{main_line(row.cells[i], locale)};
            if (std::string small = shown_under(row.cells[i], locale); !small.empty())
                lines.push_back(std::move(small));
            cells.push_back(std::move(lines));
        }
        grid.rows.push_back(std::move(cells));
    }
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        widen(grid, i, grid.heading[i]);
        for (const auto& row : grid.rows) widen(grid, i, row[i]);
    }
    return grid;
}

std::size_t total(const Grid& grid) {
    std::size_t sum = between.size() * (grid.widths.size() - 1);
    for (const std::size_t width : grid.widths) sum += width;
    return sum;
}

// The widest column of words gives way first, down to what can still be read.
void shrink(Grid& grid, std::size_t width) {
    while (total(grid) > width) {
        std::size_t widest = grid.widths.size();
        for (std::size_t i = 0; i < grid.widths.size(); ++i) {
            if (grid.drawings[i] || grid.widths[i] <= narrowest) continue;
            if (widest == grid.widths.size() || grid.widths[i] > grid.widths[widest]) widest = i;
        }
        if (widest == grid.widths.size()) return;
        --grid.widths[widest];
    }
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

}  // namespace

std::string text_table(const Table& table, const Locale& locale, std::size_t width) {
    Grid grid = grid_of(table, locale, true);
    if (total(grid) > width) grid = grid_of(table, locale, false);
    shrink(grid, width);
    std::string out;
    write_row(out, grid.heading, grid);
    for (std::size_t i = 0; i < grid.widths.size(); ++i) {
        if (i > 0) out += between;
        for (std::size_t k = 0; k < grid.widths[i]; ++k) out += "─";
    }
    out += "\n";
    for (const auto& row : grid.rows) write_row(out, row, grid);
    return out;
}

std::string text_legend(const Locale& locale) {
    using core::MessageId;
    using core::State;
    const auto entry = [&](State state, MessageId id) {
        return fmt::format("{} {}", glyph(state), render({id}, locale));
    };
    return fmt::format("{}   {}   {}   {}   {}\n", entry(State::up, MessageId::report_legend_up),
                       entry(State::down, MessageId::report_legend_down),
                       entry(State::suppressed, MessageId::report_legend_suppressed),
                       entry(State::off, MessageId::report_legend_off),
                       entry(State::unknown, MessageId::report_legend_nothing));
}

}  // namespace rounds::reports
