// What people and programs ask of the store, as JSON: answered by the daemon, and by a command where no daemon
// runs, with the same words. docs/api.md says what is in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/setup.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "daemon/store/state_store.hpp"
#include "daemon/web/target.hpp"

namespace rounds::daemon {

using web::Target;
using web::target_of;

/// Of the answer: the site's, or with the language of ?locale=. Error invalid_input for one that is unknown.
[[nodiscard]] core::Result<core::Locale> locale_of(const config::Setup& setup,
                                                   const Target& target);

/// The answer to GET /v1/status, /v1/incidents[?state=], /v1/incidents/ID and /v1/hooks, each with ?locale=:
/// one JSON object. Errors: not_found (no such page or incident), invalid_input (a query that means nothing),
/// and those of the store.
[[nodiscard]] core::Result<std::string> inquire(store::StateStore& store,
                                                const config::Setup& setup, const Target& target,
                                                core::WallTime now);

}  // namespace rounds::daemon
