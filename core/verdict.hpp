// Verdicts and states: the few words in which everything is judged.
#pragma once

#include <optional>
#include <string_view>

namespace rounds::core {

/// What a round says of one device: 正常 关注 异常 未知 未检 关机 维护中.
enum class Verdict {
    ok,
    warning,
    critical,
    unknown,      ///< Asked, but no usable answer yet.
    missed,       ///< Not asked; the reason says why.
    off,          ///< Switched off as it may be: a PC in the evening. Never a fault.
    maintenance,  ///< In a maintenance window; leaves the due devices.
};

/// What Rounds believes of a device or link between two looks.
enum class State {
    unknown,  ///< Never seen, or could not be asked.
    up,
    down,
    suppressed,  ///< Unreachable because something upstream of it is down.
    off,         ///< Silent as it may be (presence).
};

/// 1 (whole office) to 4 (notice): 一级 … 四级.
enum class Severity { first = 1, second = 2, third = 3, fourth = 4 };

/// The words of configuration, store and JSON: "ok", "suppressed" … and back; empty for another
/// word.
[[nodiscard]] std::string_view word(Verdict verdict);
[[nodiscard]] std::string_view word(State state);
[[nodiscard]] std::optional<Verdict> verdict_of(std::string_view word);
[[nodiscard]] std::optional<State> state_of(std::string_view word);

/// Exit code of a command that judges, in Nagios order: ok and off 0, warning 1, critical 2,
/// else 3.
[[nodiscard]] int exit_code(Verdict verdict);

}  // namespace rounds::core
