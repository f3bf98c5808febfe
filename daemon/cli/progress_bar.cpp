#include "daemon/cli/progress_bar.hpp"

#include <cstdlib>

#include <fmt/format.h>
#include <unistd.h>

#include "core/text.hpp"

namespace rounds::daemon {

bool shows_progress() {
    return ::isatty(::fileno(stderr)) != 0;
}

Progress progress_bar(const core::Locale& locale) {
    if (!shows_progress()) return {};
    const std::string title = core::render({core::MessageId::cli_inspecting}, locale);
    return [title](std::size_t done, std::size_t of, const std::string& name) {
        constexpr std::size_t width = 32;
        const std::size_t filled = of == 0 ? width : width * done / of;
        std::string bar;
        for (std::size_t i = 0; i < width; ++i) bar += i < filled ? "█" : "░";
        fmt::print(stderr, "\r\033[K{} {} {}/{}  {}", title, bar, done, of,
                   core::printable(name, 30));
        if (done == of) fmt::print(stderr, "\r\033[K");
        std::fflush(stderr);
    };
}

bool wants_colours(std::FILE* stream) {
    return ::isatty(::fileno(stream)) != 0 && std::getenv("NO_COLOR") == nullptr;
}

}  // namespace rounds::daemon
