// The tables of samples.db, and what becomes of a file of an earlier version.
#pragma once

#include "daemon/store/database.hpp"

namespace rounds::store {

/// For writing: makes the tables of an empty file; throws damaged (somebody else's), newer. True when the file is of
/// version 1 and its rows are still to be packed.
[[nodiscard]] bool prepare_samples(Database& database);
/// For reading: throws also unavailable when the version is an earlier one.
void require_samples(Database& database);

/// From version 1, within one transaction: first the tables to pack its rows into, then the rows go.
void make_chunk_tables(Database& database);
void drop_rows(Database& database);

}  // namespace rounds::store
