// The renderers of a document. Each escapes everything that came from outside for its own sink.
#pragma once

#include <string>

#include "core/message.hpp"
#include "reports/document.hpp"

namespace rounds::reports {

/// One self-contained file: no script needed to read it, no request made, printable, light and
/// dark.
[[nodiscard]] std::string to_html(const Document& document, const core::Locale& locale);

/// One JSON object; names as in the facts of a device, SI units in the names (…_seconds, …_ratio),
/// times as RFC 3339 in UTC. Always valid UTF-8.
[[nodiscard]] std::string to_json(const Document& document, const core::Locale& locale);

/// For a terminal or a mail's text part: tables aligned by columns (East Asian width), `width`
/// columns wide where it can.
[[nodiscard]] std::string to_text(const Document& document, const core::Locale& locale,
                                  int width = 100);

}  // namespace rounds::reports
