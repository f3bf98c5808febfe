// The configuration as read, before names are followed and defaults filled in.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/layers.hpp"
#include "config/setup.hpp"

namespace rounds::config {

/// A word that must name something else, and where it stands; empty when it is not said.
struct Reference {
    std::string name;
    Place at;
};

struct DeviceDraft {
    core::Device device;  ///< As far as it was written.
    Layer own;            ///< What it says over its class and the site.
    Place at, name_at, id_at;
    Reference upstream, owner, credentials;
};

struct LinkDraft {
    core::Link link;
    Layer own;
    Place name_at;
    Reference device;
};

struct RoundDraft {
    core::RoundPlan plan;
    Place name_at;
};

struct PersonDraft {
    core::Person person;
    Place at;
};

struct CredentialsDraft {
    std::shared_ptr<const core::SnmpCredentials> credentials;
    Place at;
};

/// What the site and its classes say.
struct Defaults {
    Layer site;
    std::map<core::DeviceClass, Layer> classes;

    /// Class over site over what is built in.
    [[nodiscard]] Layer of(core::DeviceClass device_class) const;
};

struct CalendarDraft {
    std::vector<core::HoursRule> rules;  ///< Empty: Monday to Friday, 09:00-18:00.
    std::set<std::chrono::sys_days> holidays, make_up_days;
};

struct Draft {
    std::optional<std::string> site;
    core::Language language = core::Language::english;
    std::optional<core::TimeZone> zone;  ///< Empty: the machine's.
    CalendarDraft calendar;
    Defaults defaults;
    std::vector<std::string> anchors;
    std::vector<DeviceDraft> devices;
    std::vector<LinkDraft> links;
    std::vector<PersonDraft> people;
    std::vector<CredentialsDraft> credentials;
    std::vector<RoundDraft> rounds;
    std::vector<core::Hook> hooks;
    Reference daily_after;
    std::optional<std::vector<ReportFormat>> daily_formats;
    std::optional<std::filesystem::path> state, reports, socket;
    core::IncidentRules incidents;
    std::optional<int> keep_days, keep_samples_days;
    bool complete =
        true;  ///< Was everything readable, so that a name that leads nowhere is a mistake?
};

}  // namespace rounds::config
