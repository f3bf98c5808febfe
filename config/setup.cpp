#include "config/setup.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace rounds::config {

namespace {

using namespace std::string_view_literals;

constexpr std::array formats{std::pair{ReportFormat::html, "html"sv},
                             std::pair{ReportFormat::json, "json"sv},
                             std::pair{ReportFormat::text, "text"sv}};

}  // namespace

std::string_view word(ReportFormat format) {
    return std::ranges::find(formats, format, [](const auto& row) { return row.first; })->second;
}

std::optional<ReportFormat> report_format_of(std::string_view word) {
    const auto* row = std::ranges::find(formats, word, [](const auto& one) { return one.second; });
    return row == formats.end() ? std::nullopt : std::optional{row->first};
}

}  // namespace rounds::config
