// A week and a half of an office in Berlin, and what really happened in it.
#pragma once

#include <string>

#include "core/calendar.hpp"
#include "core/time_zone.hpp"
#include "tests/support/house.hpp"

namespace rounds::tests {

/// The configuration. 2026-10-25 is the night of the 25 hours.
extern const std::string week_yaml;

/// A moment of the office's clock: at("2026-10-25 14:00").
[[nodiscard]] core::WallTime at(const std::string& text);

/// Builds the office's truth: who answers when.
///  * sw-3f (with ap-3f, mfp-3f and the PCs of 市场部 behind it) is dead from Sunday 25th 14:00 to Monday 26th 07:10.
///  * PCs are on from 08:00 to 18:30 of working days; pc-06 never.
///  * nas-1 loses two of five packets on Friday 23rd from 08:00 to 09:00.
///  * The cable of Rounds itself is out on Friday 30th from 10:00 to 10:20.
///  * cam-7.lan never resolves.
///  * All else answers always.
void let_happen(FakeOffice& office);

}  // namespace rounds::tests
