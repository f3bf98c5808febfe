#include "daemon/system/memory.hpp"

#include <malloc.h>

namespace rounds::daemon {

void keep_memory_between_rounds() {
    constexpr int kibibyte = 1024;
    ::mallopt(M_TRIM_THRESHOLD, 16 * 1024 * kibibyte);
    ::mallopt(M_TOP_PAD, 512 * kibibyte);
    ::mallopt(M_MMAP_THRESHOLD,
              1024 * kibibyte);  // setting any of these ends glibc's own adjusting of it
}

}  // namespace rounds::daemon
