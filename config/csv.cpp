#include "config/csv.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace rounds::config {

namespace {

/// Walks over the text and knows where it is.
class Reader {
 public:
    Reader(std::string_view text, char separator, int file)
        : rest_(text), separator_(separator), at_{file, 1, 1} {}

    [[nodiscard]] bool done() const { return rest_.empty(); }
    [[nodiscard]] Place at() const { return at_; }

    /// One cell; the reader then stands at what ends it. Empty with `broken` set when a quote goes wrong.
    Cell cell() {
        skip_blanks();
        Cell cell{.text = {}, .at = at_};
        if (next() == '"') {
            quoted(cell);
        } else {
            while (!at_end_of_cell()) take(cell.text);
            cell.text.resize(cell.text.find_last_not_of(" \t\r") + 1);
        }
        return cell;
    }

    /// Steps over the separator; false at the end of a row, which is stepped over too.
    bool more_in_row() {
        if (!done() && next() == separator_) {
            skip();
            return true;
        }
        if (!done()) skip();
        return false;
    }

    std::string_view broken;  ///< What is wrong with the last cell; empty: nothing.

 private:
    [[nodiscard]] char next() const { return rest_.empty() ? '\n' : rest_.front(); }
    [[nodiscard]] bool at_end_of_cell() const {
        return next() == '\n' || next() == separator_ || (rest_.starts_with("\r\n"));
    }

    void skip() {
        const char c = rest_.front();
        rest_.remove_prefix(1);
        if (c == '\n') {
            at_ = {at_.file, at_.line + 1, 1};
        } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
            ++at_.column;
        }
    }
    void take(std::string& into) {
        into += rest_.front();
        skip();
    }
    void skip_blanks() {
        while (!rest_.empty() && (next() == ' ' || next() == '\t') && next() != separator_) skip();
    }

    void quoted(Cell& cell) {
        skip();
        while (true) {
            if (done()) {
                broken = "the quote that opens here is never closed";
                return;
            }
            if (next() != '"') {
                take(cell.text);
            } else if (rest_.starts_with("\"\"")) {
                skip();
                take(cell.text);
            } else {
                break;
            }
        }
        skip();
        skip_blanks();
        if (rest_.starts_with("\r\n")) skip();
        if (!at_end_of_cell())
            broken = "text follows the quote that closes; write \"\" for a quote within quotes";
    }

    std::string_view rest_;
    char separator_;
    Place at_;
};

char separator_of(std::string_view text) {
    constexpr std::array<char, 3> separators{',', ';', '\t'};
    const std::string_view whole =
        text.substr(std::min(text.size(), text.find_first_not_of(" \r\n")));
    const std::string_view first = whole.substr(0, whole.find('\n'));
    return *std::ranges::max_element(separators, {},
                                     [&](char c) { return std::ranges::count(first, c); });
}

}  // namespace

std::optional<std::vector<Row>> parse_csv(std::string_view text, int file, Problems& problems) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    Reader reader(text, separator_of(text), file);
    std::vector<Row> rows;
    while (!reader.done()) {
        Row row;
        do {
            row.push_back(reader.cell());
            if (!reader.broken.empty()) {
                problems.add(row.back().at, std::string(reader.broken));
                return std::nullopt;
            }
            if (row.size() > most_cells) {
                problems.add(row.back().at,
                             fmt::format("has more than {} cells in one row", most_cells));
                return std::nullopt;
            }
        } while (reader.more_in_row());
        if (std::ranges::all_of(row, [](const Cell& cell) { return cell.text.empty(); })) continue;
        if (rows.size() == most_rows) {
            problems.add(row.front().at, fmt::format("has more than {} rows", most_rows));
            return std::nullopt;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace rounds::config
