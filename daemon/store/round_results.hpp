// The results of one round: its devices and its links.
#pragma once

#include <vector>

#include "core/day_record.hpp"
#include "daemon/store/database.hpp"

namespace rounds::store {

/// `round` is the round's number, `place` the result's place among the round's, from 0.
void write_device_result(Database& database, std::int64_t round, std::size_t place,
                         const core::DeviceResult& result);
void write_link_result(Database& database, std::int64_t round, std::size_t place,
                       const core::LinkResult& result);

[[nodiscard]] std::vector<core::DeviceResult> read_device_results(Database& database,
                                                                  std::int64_t round);
[[nodiscard]] std::vector<core::LinkResult> read_link_results(Database& database,
                                                              std::int64_t round);

}  // namespace rounds::store
