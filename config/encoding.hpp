// The character encodings that office files come in.
#pragma once

#include <optional>
#include <string>

#include "core/result.hpp"

namespace rounds::config {

/// The text as UTF-8: UTF-8 is left as it is, UTF-16 is known by its byte order mark, and whatever is neither
/// is read as GB18030 (of which GBK and GB2312 are parts). Error invalid_input when it is none of them.
[[nodiscard]] core::Result<std::string> to_utf8(std::string text);

/// GB18030 as UTF-8; empty when the bytes are none.
[[nodiscard]] std::optional<std::string> from_gb18030(const std::string& bytes);

}  // namespace rounds::config
