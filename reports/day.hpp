// A day record by subject: what every section of the report asks of it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/day_record.hpp"
#include "core/time_zone.hpp"
#include "reports/document.hpp"

namespace rounds::reports {

/// Measured time of one subject by state; what nobody looked at is in none of them.
struct Measured {
    core::Duration up{0}, down{0}, suppressed{0};

    /// Up time as a share of up, down and suppressed; empty when nothing was measured.
    [[nodiscard]] std::optional<core::Ratio> availability() const;
    Measured& operator+=(const Measured& other);
};

/// Periods (in order) without the gaps.
[[nodiscard]] std::vector<core::Period> without_gaps(const std::vector<core::Period>& periods,
                                                     const std::vector<core::Gap>& gaps);

/// A record with its index. Refers to the record and the zone; both outlive it.
class Day {
 public:
    Day(const core::DayRecord& record, const core::TimeZone& zone);

    [[nodiscard]] const core::DayRecord& record() const { return record_; }
    [[nodiscard]] const core::RoundRecord& round() const { return record_.round; }
    [[nodiscard]] const core::TimeZone& zone() const { return zone_; }
    [[nodiscard]] core::Period covered() const { return record_.round.covered; }
    /// The moment to which what lasts has lasted.
    [[nodiscard]] core::WallTime now() const;

    using Intervals = std::vector<const core::StateInterval*>;
    using Echoes = std::vector<const core::EchoSummary*>;
    [[nodiscard]] const std::unordered_map<core::SubjectId, Intervals>& intervals() const {
        return intervals_;
    }
    [[nodiscard]] const Intervals& intervals_of(const core::SubjectId& subject) const;
    [[nodiscard]] const core::DeviceResult* device(const core::SubjectId& subject) const;
    [[nodiscard]] const core::LinkResult* link(const core::SubjectId& subject) const;
    /// Its name as people know it; the id of what is no longer in the archive.
    [[nodiscard]] std::string name_of(const core::SubjectId& subject) const;

    /// From the beginning to the end of an interval, or to now().
    [[nodiscard]] core::Period period_of(const core::StateInterval& interval) const;
    /// Was it so at any moment of the data period?
    [[nodiscard]] bool in_period(const core::StateInterval& interval) const;
    /// Length of a period without the gaps.
    [[nodiscard]] core::Duration length(core::Period period) const;

    [[nodiscard]] Measured measured(const core::SubjectId& subject) const;  ///< Of the data period.
    [[nodiscard]] Measured measured_at_work(
        const core::SubjectId& subject) const;  ///< Of its working hours.
    [[nodiscard]] Strip strip(const core::SubjectId& subject) const;

    /// Everything the ping checks of the data period told; that of the round's own look
    /// (`evidence`) when nothing was summed up yet.
    [[nodiscard]] core::EchoSummary echo(const core::SubjectId& subject,
                                         const std::optional<core::EchoStats>& evidence) const;
    /// What was measured of a metric of the subject: by instance.
    [[nodiscard]] std::span<const core::Digest> digests(const core::SubjectId& subject,
                                                        std::string_view metric) const;
    [[nodiscard]] std::span<const core::Course> courses(const core::SubjectId& subject,
                                                        std::string_view metric) const;

    /// Average round-trip times by the quarter; of longer periods several quarters together.
    [[nodiscard]] Line line(const core::SubjectId& subject) const;

 private:
    [[nodiscard]] Measured within(const core::SubjectId& subject,
                                  const std::vector<core::Period>& windows) const;

    const core::DayRecord& record_;
    const core::TimeZone& zone_;
    std::vector<core::Period> measured_, working_;  // windows without gaps
    std::unordered_map<core::SubjectId, Intervals> intervals_;
    std::unordered_map<core::SubjectId, Echoes> echoes_;
    std::unordered_map<core::SubjectId, const core::DeviceResult*> devices_;
    std::unordered_map<core::SubjectId, const core::LinkResult*> links_;
};

}  // namespace rounds::reports
