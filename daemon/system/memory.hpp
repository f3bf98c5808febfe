// How the process holds its memory.
#pragma once

namespace rounds::daemon {

/// A round needs about as much memory as the one before it. What glibc would give back to the system between them is
/// fetched again page by page, which costs half of what reading a table by SNMP does: so it keeps some. Call it once,
/// at the start.
void keep_memory_between_rounds();

}  // namespace rounds::daemon
