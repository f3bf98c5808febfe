#include "daemon/cli/speak.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>

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

int say(std::string_view text, int code) {
    errno = 0;
    const bool written =
        std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (written || errno == EPIPE) return code;
    const auto why = std::generic_category().message(errno);
    return complain(
        {core::Error::Kind::unavailable, fmt::format("standard output cannot be written: {}", why)},
        std::max(code, 1));
}

std::optional<std::filesystem::path> usual_profiles() {
    std::filesystem::path folder = "/etc/rounds/profiles";
    std::error_code error;
    if (std::filesystem::is_directory(folder, error)) return folder;
    return std::nullopt;
}

core::Locale locale_of(const config::Setup& setup, const std::optional<std::string>& asked) {
    auto locale = setup.locale();
    if (asked) locale.language = core::language_of(*asked).value_or(locale.language);
    return locale;
}

}  // namespace rounds::daemon
