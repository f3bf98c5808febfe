// Work on the database, and its trouble as an Error.
#pragma once

#include <type_traits>

#include "core/result.hpp"
#include "daemon/store/database.hpp"
#include "daemon/store/trouble.hpp"

namespace rounds::store {

/// Runs the work; its trouble is the result's error.
template <class Work>
auto attempt(Work work) -> core::Result<std::invoke_result_t<Work>> {
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const Trouble& trouble) {
        return trouble.error();
    }
}

/// Runs the work in one transaction.
template <class Work>
auto in_one(Database& database, Work work) -> core::Result<std::invoke_result_t<Work>> {
    return attempt([&] {
        Transaction transaction(database, Transaction::Kind::write);
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            work();
            transaction.commit();
        } else {
            auto result = work();
            transaction.commit();
            return result;
        }
    });
}

}  // namespace rounds::store
