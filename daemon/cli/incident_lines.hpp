// Incidents on a terminal, from the API's JSON.
#pragma once

#include <string>

#include "daemon/cli/asking.hpp"

namespace rounds::daemon {

/// One incident each line, as they come.
[[nodiscard]] std::string incident_table(const Json& incidents, const core::Locale& locale);

/// One with everything that happened to it.
[[nodiscard]] std::string incident_text(const Json& incident, const Json& events,
                                        const core::Locale& locale);

/// "acknowledged" / "已认领"
[[nodiscard]] std::string state_word(const Json& incident, const core::Locale& locale);

}  // namespace rounds::daemon
