// libFuzzer: what a request asks for is taken apart without getting longer.
#include <cstdint>
#include <cstdlib>

#include "daemon/web/target.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto target = rounds::web::target_of({reinterpret_cast<const char*>(data), size});
    std::size_t taken = 0;
    for (const auto& part : target.path) {
        if (part.empty()) std::abort();
        taken += part.size();
    }
    for (const auto& [key, value] : target.query) {
        taken += key.size() + value.size();
        static_cast<void>(target.value(key));
    }
    if (taken > size) std::abort();
    return 0;
}
