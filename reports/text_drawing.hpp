// Strips and lines in characters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/verdict.hpp"
#include "reports/document.hpp"

namespace rounds::reports {

/// One character per stretch of time; the worst state within it wins, so that a short outage shows.
[[nodiscard]] std::string draw(const Strip& strip, std::size_t width);
/// ▁▃▇ from 0 to the greatest value; a blank is a gap.
[[nodiscard]] std::string draw(const Line& line, std::size_t width);
[[nodiscard]] std::string_view glyph(core::State state);

}  // namespace rounds::reports
