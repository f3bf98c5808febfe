// The samples' part of a day's record.
#pragma once

#include <filesystem>

#include "core/day_record.hpp"
#include "core/result.hpp"

namespace rounds::daemon {

/// What samples.db in the `state` folder says of the record's data period and of the four weeks before its end;
/// nothing when there is none, or when some of that period's samples are forgotten already. Reads beside the daemon.
/// Takes its time: for the rendering thread.
[[nodiscard]] core::Result<core::Measurements> measured_in(const core::RoundRecord& round,
                                                           const std::filesystem::path& state);

}  // namespace rounds::daemon
