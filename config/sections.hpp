// The sections of rounds.yaml: each function reads one and notes its mistakes.
#pragma once

#include <array>
#include <string_view>

#include "config/draft.hpp"
#include "config/section.hpp"

namespace rounds::config {

void read_site(const Node& node, Problems& problems, Draft& draft);
void read_calendars(const Node& node, Problems& problems, Draft& draft);
void read_polling(const Node& node, Problems& problems, Draft& draft);
void read_classes(std::span<const Entry> classes, Problems& problems, Defaults& defaults);
void read_people(std::span<const Entry> people, Problems& problems, Draft& draft);
void read_credentials(std::span<const Entry> credentials, Problems& problems, Draft& draft);
void read_links(std::span<const Node> links, Problems& problems, Draft& draft);
void read_rounds(std::span<const Node> rounds, Problems& problems, Draft& draft);
void read_hooks(std::span<const Node> hooks, Problems& problems, Draft& draft);
void read_reports(const Node& node, Problems& problems, Draft& draft);
void read_incidents(const Node& node, Problems& problems, Draft& draft);
void read_api(const Node& node, Problems& problems, Draft& draft);
void read_storage(const Node& node, Problems& problems, Draft& draft);

/// One device: an item of `devices`, or a row of an archive.
[[nodiscard]] DeviceDraft read_device(const Node& node, const Defaults& defaults,
                                      Problems& problems);

/// The keys of a device that a cell of an archive can hold.
inline constexpr std::array<std::string_view, 17> device_columns{
    "id",       "name",       "address",  "class",    "vendor",     "model",
    "serial",   "department", "location", "user",     "owner",      "upstream",
    "severity", "lifecycle",  "monitor",  "presence", "credentials"};

}  // namespace rounds::config
