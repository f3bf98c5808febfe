#include "daemon/cli/speak.hpp"

#include <cstdio>

#include <fmt/format.h>

namespace rounds::daemon {

int complain(const core::Error& error, int code) {
    fmt::print(stderr, "rounds: {}\n", error.message);
    return code;
}

int complain(const std::vector<config::Problem>& problems) {
    for (const auto& problem : problems) fmt::print(stderr, "{}\n", problem.sentence());
    return 1;
}

core::Locale locale_of(const config::Setup& setup, const std::optional<std::string>& asked) {
    auto locale = setup.locale();
    if (asked) locale.language = core::language_of(*asked).value_or(locale.language);
    return locale;
}

}  // namespace rounds::daemon
