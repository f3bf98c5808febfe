// Pages printed in a period, from the readings of a counter that may be reset.
#pragma once

#include <cstdint>
#include <optional>

#include "core/series.hpp"

namespace rounds::core {

/// A fold over the readings of a printer's page count, oldest first. A count that went back was reset, or belongs
/// to another printer: what was printed around that is not known and counts nothing. So does a jump that no printer
/// can print. Never negative, never invented.
class PagesPrinted {
 public:
    /// No printer prints more pages a second (the fastest that stand in offices: about 2).
    static constexpr double most_per_second = 5;

    void add(const Point& reading);
    /// Empty until two readings in a row tell.
    [[nodiscard]] std::optional<std::int64_t> total() const;

 private:
    std::optional<Point> last_;
    std::optional<std::int64_t> total_;
};

}  // namespace rounds::core
