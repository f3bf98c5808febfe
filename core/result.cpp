#include "core/result.hpp"

#include <stdexcept>

#include <fmt/format.h>

namespace rounds::core {

Error Error::within(std::string_view context) const {
    return {kind, fmt::format("{}: {}", context, message)};
}

void throw_exception_from_error(const Error& error, const boost::source_location&) {
    throw std::runtime_error(error.message);
}

}  // namespace rounds::core
