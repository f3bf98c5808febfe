// The schema's versions: migrations/NNNN_name.sql, applied in order.
#pragma once

#include "daemon/store/database.hpp"

namespace rounds::store {

/// "RNDS": says in the file's header whose database it is (PRAGMA application_id).
inline constexpr std::int32_t application_id = 0x524e4453;

/// The version this Rounds writes: the number of migrations.
[[nodiscard]] int schema_version();

/// Is it ours, and of a version we know? Throws damaged (somebody else's), newer. True for a
/// database that is still empty.
bool require_ours(Database& database);

/// Brings an empty or older database to `version` (for tests; else the latest), each step in a
/// transaction of its own.
void migrate(Database& database, int version);
void migrate(Database& database);

/// For reading: throws when the version is older than ours (reading must change nothing).
void require_current(Database& database);

}  // namespace rounds::store
