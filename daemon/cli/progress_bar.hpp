// A progress bar on a terminal.
#pragma once

#include <cstdio>
#include <string>

#include "core/message.hpp"
#include "daemon/round_maker.hpp"

namespace rounds::daemon {

/// Is standard error a terminal?
[[nodiscard]] bool shows_progress();

/// Draws to stderr when that is a terminal, else does nothing. The line is wiped when all is done.
[[nodiscard]] Progress progress_bar(const core::Locale& locale);

/// Does this stream go to a terminal that wants colours (NO_COLOR is not set)?
[[nodiscard]] bool wants_colours(std::FILE* stream);

}  // namespace rounds::daemon
