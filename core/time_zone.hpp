// A time zone as a list of offset changes: pure data, built outside from the system's zone files.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/time.hpp"

namespace rounds::core {

/// A moment as the office's clock shows it, without zone: what people write in calendars.
using LocalTime = std::chrono::local_time<Duration>;

/// Offsets from UTC over time. Times before the first transition have the first offset, times after
/// the last one the last.
class TimeZone {
 public:
    struct Transition {
        WallTime from;                ///< The offset holds from here on.
        std::chrono::seconds offset;  ///< Local time minus UTC.
        friend bool operator==(const Transition&, const Transition&) = default;
    };

    /// Transitions in rising order, at least one. `name` is the IANA name.
    TimeZone(std::string name, std::vector<Transition> transitions);

    static TimeZone utc();

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] std::chrono::seconds offset_at(WallTime time) const;
    [[nodiscard]] LocalTime to_local(WallTime time) const;

    /// The moment at which the clock shows `time`. A time that a change skips (spring) is the moment of
    /// the change; one that comes twice (autumn) is the first of the two.
    [[nodiscard]] WallTime to_wall(LocalTime time) const;

    [[nodiscard]] Date date_at(WallTime time) const;
    /// The first moment of a day (midnight, or where midnight is skipped the moment of the change).
    [[nodiscard]] WallTime start_of(Date date) const;

    friend bool operator==(const TimeZone&, const TimeZone&) = default;

 private:
    std::string name_;
    std::vector<Transition> transitions_;
};

}  // namespace rounds::core
