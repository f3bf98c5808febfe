#include "config/problems.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/text.hpp"

namespace rounds::config {

namespace {
constexpr std::size_t longest_path = 4096;
}

std::string Problem::sentence() const {
    const std::string shown = core::printable(file, longest_path);
    if (line == 0) return fmt::format("{}: {}", shown, what);
    if (column == 0) return fmt::format("{}:{}: {}", shown, line, what);
    return fmt::format("{}:{}:{}: {}", shown, line, column, what);
}

int Problems::open(const std::filesystem::path& file) {
    files_.push_back(file);
    return static_cast<int>(files_.size()) - 1;
}

const std::filesystem::path& Problems::file(Place place) const {
    return files_.at(static_cast<std::size_t>(place.file));
}

void Problems::add(Place place, std::string what) {
    if (full()) {
        ++left_out_;
        return;
    }
    found_.push_back({place, std::move(what)});
}

std::string Problems::show(Place place) const {
    return fmt::format("{}:{}:{}", core::printable(file(place).string(), longest_path), place.line,
                       place.column);
}

std::vector<Problem> Problems::sorted() const {
    std::vector<Found> ordered = found_;
    std::ranges::stable_sort(ordered, {}, &Found::place);
    std::vector<Problem> problems;
    for (const auto& [place, what] : ordered) {
        problems.push_back({file(place).string(), place.line, place.column, what});
    }
    if (left_out_ > 0) {
        problems.push_back(
            {problems.back().file, 0, 0,
             fmt::format("{} further mistakes are not shown; mend these first", left_out_)});
    }
    return problems;
}

}  // namespace rounds::config
