// Hand-made day records with known truth: a period, an office, and what happened to whom.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/day_record.hpp"
#include "core/time_zone.hpp"

namespace rounds::reports {

/// Asia/Shanghai, and Europe/Berlin around its changes of 2026.
const core::TimeZone& shanghai();
const core::TimeZone& berlin();

/// "2026-11-23 10:12" of that zone.
core::WallTime at(std::string_view local, const core::TimeZone& zone = shanghai());

/// A record in the making. Devices are up and inspected as ok unless something is said of them.
class Story {
 public:
    Story(std::string_view from, std::string_view until, const core::TimeZone& zone = shanghai());

    core::RoundRecord& round() { return record_.round; }
    [[nodiscard]] const core::TimeZone& zone() const { return zone_; }

    /// Adds a device, up all the time; the reference is good until the next one is added.
    core::DeviceResult& device(const std::string& name, core::DeviceClass device_class);
    core::LinkResult& link(const std::string& name);
    core::DeviceResult& find(const std::string& name);

    /// From `from` until `until` (empty: it lasts) the subject was in this state.
    void state(const std::string& subject, core::State state, std::string_view from,
               std::string_view until = "", const std::string& through = "");
    /// The same, and the round finds it so: down is critical, off off.
    void lasting(const std::string& subject, core::State state, std::string_view from,
                 const std::string& through = "");
    void gap(core::Gap::Cause cause, std::string_view from, std::string_view until);
    void working_hours(std::string_view from, std::string_view until);
    /// What the device told by SNMP, to be filled.
    core::Facts& facts(const std::string& name);
    /// Its check items are judged by the default limits, and the round concludes accordingly.
    void judged(const std::string& name);
    void conclude(const std::string& name);

    /// An incident that opened a minute after `began` and is open; good until the next one is added.
    core::IncidentHistory& incident(const std::string& subject, const std::string& item,
                                    std::string_view began, core::Severity severity,
                                    core::Message summary);
    /// The same, of the device's first finding of this item.
    core::IncidentHistory& incident_of(const std::string& name, const std::string& item,
                                       std::string_view began);
    /// One more step of its life, and what becomes of it by that.
    void happened(core::IncidentHistory& history, core::IncidentEvent::Kind kind,
                  std::string_view when, const std::string& actor = "",
                  const std::string& comment = "");

    /// Ping checks around this round-trip time for every quarter in which the subject was up.
    void pinged(const std::string& subject, int avg_us, int spread_us);

    /// A metric over the data period, for which the 95th percentile lies between the two.
    void measured(const std::string& subject, const std::string& metric,
                  const std::string& instance, double avg, double max);
    /// How a level went, a reading a day; the last an hour before the data period ended.
    void course(const std::string& subject, const std::string& metric, const std::string& instance,
                const std::vector<double>& levels);
    core::Measurements& measurements() { return record_.measured; }

    [[nodiscard]] core::DayRecord record() const;
    [[nodiscard]] core::WallTime moment(std::string_view local) const { return at(local, zone_); }

 private:
    struct Speed {
        int avg_us = 0, spread_us = 0;
    };
    void add_echoes(core::DayRecord& record, const core::SubjectId& subject, Speed speed) const;

    using Timeline = std::vector<core::StateInterval>;
    const core::TimeZone& zone_;
    core::DayRecord record_;
    std::map<core::SubjectId, Timeline> timelines_;
    std::map<core::SubjectId, Speed> speeds_;
};

/// The sample office: its third-floor switch died from 10:12 to 11:05 with 48 devices behind it.
Story dead_switch();
/// The same day with all that its devices tell by SNMP, and the incidents that were kept.
Story full_day();
/// An office whose internet is down, with a flapping access point, late round, and gaps.
Story bad_morning();
/// Names that want to be markup, terminals' commands or endless.
Story hostile();

}  // namespace rounds::reports
