// Lists in one column, as JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/id.hpp"
#include "core/time.hpp"

namespace rounds::store {

/// ["sw-1", "sw-2"]. Bytes that are not UTF-8 are replaced.
[[nodiscard]] std::string text_of(const std::vector<core::SubjectId>& subjects);
/// [1764000000000, …]: milliseconds since 1970.
[[nodiscard]] std::string text_of(const std::vector<core::WallTime>& moments);

/// And back; empty for a text that is no such list.
[[nodiscard]] std::vector<core::SubjectId> subjects_of(std::string_view text);
[[nodiscard]] std::vector<core::WallTime> moments_of(std::string_view text);

}  // namespace rounds::store
