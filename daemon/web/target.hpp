// What a request asks for.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rounds::web {

/// A target of HTTP, taken apart: "/v1/incidents?state=open" is {v1, incidents} and {state, open}. Percent
/// signs are decoded once; what stands behind them may be any byte.
struct Target {
    std::vector<std::string> path;  ///< Parts between slashes, none empty as written.
    std::vector<std::pair<std::string, std::string>> query;

    /// The first of this name; empty when it is not in the query.
    [[nodiscard]] std::string value(std::string_view name) const;
};
[[nodiscard]] Target target_of(std::string_view text);

}  // namespace rounds::web
