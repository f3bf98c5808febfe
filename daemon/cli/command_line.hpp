// rounds COMMAND …: what a person types.
#pragma once

namespace rounds::daemon {

/// Runs the command; returns the exit code: 0 all ok, 1 warning or usage or configuration error, 2 critical,
/// 3 unknown. Errors go to stderr, one line, what and how to mend it.
int command_line(int count, char** words);

}  // namespace rounds::daemon
