// What a webhook is told: docs/webhook.md in prose, docs/webhook.schema.json for machines.
#pragma once

#include <string>

#include "core/device.hpp"
#include "core/incident.hpp"
#include "core/message.hpp"

namespace rounds::hooks {

/// The version of the body's form. Names may be added within a version; taking away or giving another
/// meaning makes a new one.
inline constexpr int payload_version = 1;

/// At most so many suppressed devices are named; their number is always told.
inline constexpr std::size_t most_suppressed = 50;

/// One step of an incident's life.
struct Told {
    core::IncidentEvent event;
    core::Incident incident;  ///< As it was right after the event.
};

/// The body, JSON in UTF-8. `office` says what the subject is; one that has left the archive is told by
/// its id and name alone. Text of people and devices has no control or bidirectional characters and is
/// bounded, so that the whole stays below 64 KiB.
[[nodiscard]] std::string incident_body(const Told& told, const core::Office& office,
                                        const std::string& site, const core::Locale& locale);

/// The body of a test message: of no incident, its type is "test".
[[nodiscard]] std::string test_body(const core::EventId& id, core::WallTime at,
                                    const std::string& site, const core::Locale& locale);

/// Parts of the body, each one JSON object: `data.incident`; an event, with the names that the body has for
/// it; a sentence, as `data.reason`.
[[nodiscard]] std::string incident_text(const core::Incident& incident, const core::Office& office,
                                        const core::Locale& locale);
[[nodiscard]] std::string event_text(const core::IncidentEvent& event, const core::Locale& locale);
[[nodiscard]] std::string message_text(const core::Message& message, const core::Locale& locale);

}  // namespace rounds::hooks
