// What is inside a SampleStore: for its own files.
#pragma once

#include <cstdint>
#include <map>

#include "daemon/store/database.hpp"
#include "daemon/store/sample_store.hpp"

namespace rounds::store {

struct SampleStore::Inside {
    Database database;
    std::map<Series, std::int64_t> numbers;

    /// Of the series in the database; a new one gets one.
    std::int64_t number_of(const Series& series);
};

}  // namespace rounds::store
