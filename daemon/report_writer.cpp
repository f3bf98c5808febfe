#include "daemon/report_writer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "daemon/system/atomic_file.hpp"
#include "reports/day_report.hpp"
#include "reports/render.hpp"

namespace rounds::daemon {

namespace {

std::string_view suffix(config::ReportFormat format) {
    switch (format) {
        case config::ReportFormat::html: return "html";
        case config::ReportFormat::json: return "json";
        case config::ReportFormat::text: return "txt";
    }
    return "";
}

}  // namespace

std::string render_daily(const core::DayRecord& record, const core::Locale& locale,
                         const core::TimeZone& zone, config::ReportFormat format) {
    const auto document = reports::day_report(record, zone);
    switch (format) {
        case config::ReportFormat::html: return reports::to_html(document, locale);
        case config::ReportFormat::json: return reports::to_json(document, locale);
        case config::ReportFormat::text: return reports::to_text(document, locale);
    }
    return {};
}

std::string daily_file_name(const core::RoundId& id, config::ReportFormat format) {
    // RX-20261124-01
    const std::string_view number = id.value;
    return fmt::format("daily-{}-{}-{}-{}.{}", number.substr(3, 4), number.substr(7, 2),
                       number.substr(9, 2), number.substr(12), suffix(format));
}

core::Result<std::vector<std::filesystem::path>> write_daily(const core::DayRecord& record,
                                                             const config::Setup& setup) {
    std::error_code failed;
    std::filesystem::create_directories(setup.reports, failed);
    if (failed) {
        return core::Error{core::Error::Kind::no_permission,
                           fmt::format("cannot create the reports folder {}: {}",
                                       setup.reports.string(), failed.message())};
    }
    remove_leftovers(setup.reports);
    std::vector<std::filesystem::path> paths;
    for (const auto format : setup.daily.formats) {
        const auto path = setup.reports / daily_file_name(record.round.id, format);
        const auto text = render_daily(record, setup.locale(), setup.calendar.zone(), format);
        if (const auto written = write_atomically(path, text); !written) return written.error();
        paths.push_back(path);
    }
    return paths;
}

bool daily_is_owed(const core::RoundId& id, const config::Setup& setup) {
    return std::ranges::any_of(setup.daily.formats, [&](config::ReportFormat format) {
        std::error_code ignored;
        return !std::filesystem::exists(setup.reports / daily_file_name(id, format), ignored);
    });
}

}  // namespace rounds::daemon
