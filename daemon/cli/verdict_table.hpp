// Verdicts on a terminal.
#pragma once

#include <string>

#include "core/day_record.hpp"
#include "core/message.hpp"

namespace rounds::daemon {

/// A round as a table: verdict, name, address, round-trip time, loss, what there is to say; the wrong first.
/// Ends with one line of the tally. `colours`: ANSI colours.
[[nodiscard]] std::string verdict_table(const core::RoundRecord& round, const core::Locale& locale,
                                        bool colours);

}  // namespace rounds::daemon
