// Everything the user wrote, checked, with every default filled in.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/calendar.hpp"
#include "core/device.hpp"
#include "core/hook.hpp"
#include "core/incident_rules.hpp"
#include "core/message.hpp"
#include "core/round.hpp"

namespace rounds::core {
struct Profiles;
}

namespace rounds::config {

enum class ReportFormat { html, json, text };
[[nodiscard]] std::string_view word(ReportFormat format);  ///< "html", "json", "text"
[[nodiscard]] std::optional<ReportFormat> report_format_of(std::string_view word);

/// `reports.daily`: after which round it is written, and how.
struct DailyReportPlan {
    std::string after;  ///< The round's name; the first round unless said.
    std::vector<ReportFormat> formats{ReportFormat::html, ReportFormat::json};
    friend bool operator==(const DailyReportPlan&, const DailyReportPlan&) = default;
};

/// Immutable once loaded; the daemon hands it around as shared_ptr<const Setup>.
struct Setup {
    std::string site = "Rounds";  ///< `site.name`
    core::Language language = core::Language::english;
    core::Calendar calendar;  ///< With the office's time zone inside.
    core::Office office;
    std::vector<std::shared_ptr<const core::SnmpCredentials>> credentials;  ///< By name as written.
    std::shared_ptr<const core::Profiles> profiles;  ///< Null until they are loaded: load_all().
    std::vector<core::RoundPlan>
        rounds;  ///< At least one: a working-day round at 08:30 unless said.
    DailyReportPlan daily;
    core::IncidentRules incidents;
    std::vector<core::Hook> hooks;  ///< Names are unique. Hold secrets.
    std::filesystem::path state = "/var/lib/rounds";
    std::filesystem::path reports = "/var/lib/rounds/reports";
    /// `api.socket`: where the daemon listens for commands.
    std::filesystem::path socket = "/run/rounds/rounds.sock";
    int keep_samples_days = 31;  ///< `storage.keep_samples`: samples older than this are forgotten.
    int keep_days = 400;         ///< `storage.keep`: history, also of samples by the hour.

    [[nodiscard]] core::Locale locale() const { return {language, &calendar.zone()}; }
};

}  // namespace rounds::config
