// From Trouble, which is thrown inside the store, to Result, which is what it gives.
#pragma once

#include <type_traits>

#include "core/result.hpp"
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

}  // namespace rounds::store
