#include "core/pages_printed.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace rounds::core {

void PagesPrinted::add(const Point& reading) {
    if (!std::isfinite(reading.value)) return;
    if (last_) {
        const double growth = reading.value - last_->value;
        const double seconds = std::chrono::duration<double>(reading.at - last_->at).count();
        const bool printed = growth >= 0 && growth <= most_per_second * std::max(seconds, 0.0);
        if (printed) total_ = total_.value_or(0) + std::llround(growth);
    }
    last_ = reading;
}

std::optional<std::int64_t> PagesPrinted::total() const {
    return total_;
}

}  // namespace rounds::core
