#include "daemon/store/incidents.hpp"

#include <fmt/format.h>

#include "daemon/store/attempt.hpp"
#include "daemon/store/incident_rows.hpp"

namespace rounds::store {

namespace {

using Kind = Transaction::Kind;

std::int64_t require(Database& database, const core::IncidentId& id) {
    if (const auto number = number_of(database, id)) return *number;
    throw Trouble({core::Error::Kind::not_found, fmt::format("there is no incident {}", id.value)});
}

/// Numbers of incidents, newest first.
Query numbers(Database& database, const IncidentFilter& filter) {
    if (filter.unresolved_only) {
        return database.prepare(
            "SELECT number FROM incident WHERE resolved_ms IS NULL ORDER BY number DESC");
    }
    return database.prepare("SELECT number FROM incident WHERE number > 0 ORDER BY number DESC");
}

}  // namespace

core::Result<std::vector<core::Incident>> Incidents::list(const IncidentFilter& filter) {
    return attempt([&] {
        Transaction view(*database_, Kind::read);
        std::vector<core::Incident> found;
        auto query = numbers(*database_, filter);
        while (found.size() < filter.most && query.step()) {
            auto incident = read_incident(*database_, query.next<std::int64_t>());
            if (!filter.subject || incident.condition.subject == *filter.subject)
                found.push_back(std::move(incident));
        }
        return found;
    });
}

core::Result<core::IncidentHistory> Incidents::show(const core::IncidentId& id) {
    return attempt([&] {
        Transaction view(*database_, Kind::read);
        return read_history(*database_, require(*database_, id), Horizon{});
    });
}

core::Result<core::IncidentMemory> Incidents::remember(const core::IncidentId& id) {
    return attempt([&] {
        Transaction view(*database_, Kind::read);
        return read_memory(*database_, require(*database_, id));
    });
}

core::Result<std::vector<core::IncidentHistory>> Incidents::since(core::WallTime from) {
    return attempt([&] {
        Transaction view(*database_, Kind::read);
        return read_incidents_since(*database_, from, Horizon{});
    });
}

}  // namespace rounds::store
