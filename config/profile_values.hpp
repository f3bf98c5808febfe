// Words to values: what the scalars of a profile may say. As config/values.hpp.
#pragma once

#include <string_view>

#include "core/fact_fields.hpp"
#include "core/oid.hpp"
#include "core/pattern.hpp"
#include "core/profile.hpp"
#include "core/result.hpp"

namespace rounds::config {

[[nodiscard]] core::Result<core::Oid> oid(std::string_view text);
[[nodiscard]] core::Result<core::Pattern> pattern(std::string_view text);
[[nodiscard]] core::Result<double> decimal_number(std::string_view text);  ///< "-12.5", "1e6"
[[nodiscard]] core::Result<std::int64_t> whole_number(std::string_view text);
[[nodiscard]] core::Result<core::Fold> fold(std::string_view text);  ///< first, sum, largest …
[[nodiscard]] core::Result<const core::Transform*> transform(std::string_view text);
[[nodiscard]] core::Result<core::Verdict> state_severity(std::string_view text);  ///< ok … unknown
/// "if-mib": what a profile's file may be called.
[[nodiscard]] core::Result<std::string> profile_name(std::string_view text);
/// A word that a field takes.
[[nodiscard]] core::Result<std::string> field_word(const core::FactField& field,
                                                   std::string_view text);

}  // namespace rounds::config
