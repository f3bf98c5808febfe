// Messages as two columns: the key and the parameters.
#pragma once

#include <optional>
#include <string>

#include "core/message.hpp"
#include "daemon/store/database.hpp"

namespace rounds::store {

/// The parameters as JSON: [["sent", "integer", 5], ["since", "moment_ms", 1764000000000], …]. Text
/// that is not UTF-8 has its bad bytes replaced; a number that is not finite becomes null and comes
/// back as NaN.
[[nodiscard]] std::string parameters_text(const core::Message& message);

/// The message of these two columns. Empty when this version has no such key (a later version wrote
/// it, and was removed again): what is told stays stored, and the reader goes without the reason.
/// The same for parameters of a type unknown here.
[[nodiscard]] std::optional<core::Message> message_of(std::string_view key,
                                                      std::string_view parameters);

/// Binds both columns; both NULL for no message.
void bind_message(Query& query, const std::optional<core::Message>& message);
/// Reads both columns.
[[nodiscard]] std::optional<core::Message> next_message(Query& query);

}  // namespace rounds::store
