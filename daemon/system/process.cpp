#include "daemon/system/process.hpp"

#include <fstream>

#include <sys/resource.h>
#include <unistd.h>

namespace rounds::daemon {

ProcessUse process_use() {
    ProcessUse use;
    std::int64_t pages = 0, resident = 0;
    std::ifstream statm("/proc/self/statm");
    if (statm >> pages >> resident) use.resident_bytes = resident * ::sysconf(_SC_PAGESIZE);
    ::rusage used{};
    if (::getrusage(RUSAGE_SELF, &used) == 0) {
        const auto time = [](const ::timeval& value) {
            return std::chrono::seconds(value.tv_sec) + std::chrono::microseconds(value.tv_usec);
        };
        use.cpu =
            std::chrono::duration_cast<core::Duration>(time(used.ru_utime) + time(used.ru_stime));
    }
    return use;
}

}  // namespace rounds::daemon
