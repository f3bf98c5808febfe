// What the store remembers of a round and of the time it covers: everything a report needs, so that
// any past day's report can be made again from it alone.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/device.hpp"
#include "core/echo.hpp"
#include "core/facts.hpp"
#include "core/id.hpp"
#include "core/incident.hpp"
#include "core/message.hpp"
#include "core/round.hpp"
#include "core/self_report.hpp"
#include "core/series.hpp"
#include "core/time.hpp"
#include "core/verdict.hpp"

namespace rounds::core {

/// One device at one round: what the archive said of it then, and the verdict.
struct DeviceResult {
    DeviceId id;
    std::string name, address;
    DeviceClass device_class = DeviceClass::other;
    std::string model, department, location;
    std::string owner;     ///< The person's name; empty: nobody.
    std::string upstream;  ///< The upstream's name; empty: none.
    Severity severity = Severity::third;
    Conclusion conclusion;
    std::optional<SubjectId> through;     ///< Suppressed: the culprit.
    std::optional<EchoStats> echo;        ///< The evidence; empty when it could not be asked.
    std::optional<WallTime> evidence_at;  ///< When; empty when never asked.
    int absent_working_days = 0;  ///< Whole working days since it was last seen (state off).
    std::optional<Facts> facts;   ///< What it told by SNMP; empty: nothing.
    /// What the check items say of it; of past rounds those that are not ok.
    std::vector<ItemFinding> findings;
    /// By which limits its items were judged, where those are not default_limits().
    ItemLimits limits;
    friend bool operator==(const DeviceResult&, const DeviceResult&) = default;
};

struct LinkResult {
    std::string name;
    std::string device, interface, carrier, circuit,
        fault_phone;  ///< `device` is the device's name.
    std::optional<std::int64_t> bandwidth_bps;
    Severity severity = Severity::first;
    Conclusion conclusion;
    std::optional<EchoStats> echo;
    int targets = 0, answered = 0;
    bool dns_asked = false;
    std::optional<Duration> dns_took;
    std::optional<WallTime> evidence_at;
    /// As of a device.
    std::vector<ItemFinding> findings;
    ItemLimits limits;
    friend bool operator==(const LinkResult&, const LinkResult&) = default;
};

/// One round with its results.
struct RoundRecord {
    RoundId id;
    std::string name;
    std::string site;
    WallTime scheduled;  ///< When it was due (or asked for by hand).
    WallTime began, finished;
    bool by_hand = false;
    Period covered;  ///< The data period: from the previous round of this name.
    std::vector<Period>
        working_hours;  ///< Those of the data period, by the calendar as it was then.
    std::vector<DeviceResult> devices;  ///< The due ones, in archive order.
    std::vector<LinkResult> links;
    std::optional<SelfReport> self;  ///< Over the data period; empty: not measured.
    friend bool operator==(const RoundRecord&, const RoundRecord&) = default;
};

/// One state of one subject, from its first look to the first look of the next.
struct StateInterval {
    SubjectId subject;
    State state = State::unknown;
    std::optional<Message> reason;
    std::optional<SubjectId> through;
    WallTime from;
    std::optional<WallTime> until;  ///< Empty while it lasts.
    friend bool operator==(const StateInterval&, const StateInterval&) = default;
};

/// All ping checks of one subject in one quarter of an hour, added up.
struct EchoSummary {
    SubjectId subject;
    WallTime from;  ///< Start of the quarter (UTC).
    std::int64_t sent = 0, received = 0;
    std::int64_t rtt_count =
        0;  ///< Looks that had replies: what the three sums and extremes are over.
    std::int64_t rtt_sum_us = 0;  ///< Of the looks' averages.
    std::int64_t rtt_min_us = 0, rtt_max_us = 0;
    std::int64_t jitter_count = 0, jitter_sum_us = 0;

    void add(const EchoStats& stats);
    friend bool operator==(const EchoSummary&, const EchoSummary&) = default;
};

/// The start of the quarter of an hour a moment lies in.
[[nodiscard]] WallTime quarter_of(WallTime time);

/// Time in which nothing was measured: no data, never downtime.
struct Gap {
    enum class Cause { not_running, blind };
    Cause cause = Cause::not_running;
    WallTime from;
    std::optional<WallTime> until;  ///< Empty while it lasts (blind).
    friend bool operator==(const Gap&, const Gap&) = default;
};

/// A round and the time it covers, as it stood when the round finished.
struct DayRecord {
    RoundRecord round;
    std::vector<StateInterval>
        intervals;  ///< That touch the data period, by subject, then time. What ended
                    ///< after the round finished is shown as lasting.
    std::vector<EchoSummary> echoes;  ///< Quarters within the data period, by subject, then time.
    std::vector<Gap> gaps;            ///< That touch the data period, by time.
    /// Unresolved at any time from the beginning of the data period to the end of the round, in the
    /// order they were opened, with what had happened to them until then.
    std::vector<IncidentHistory> incidents;
    Measurements measured;  ///< From the samples; those are kept apart, and not as long.
    friend bool operator==(const DayRecord&, const DayRecord&) = default;
};

}  // namespace rounds::core
