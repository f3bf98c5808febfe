// libFuzzer: any bytes as a walk or a recording of a device.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "daemon/cli/recording.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rounds;
    const auto read = daemon::read_recording({reinterpret_cast<const char*>(data), size});
    if (!read) {
        if (read.error().kind != core::Error::Kind::invalid_input || read.error().message.empty())
            std::abort();
        return 0;
    }
    if (read->empty()) std::abort();
    const core::Oid* before = nullptr;
    for (const auto& [name, value] : *read) {
        if (name.empty() || name.size() > core::Oid::longest) std::abort();
        if (before != nullptr && !(*before < name)) std::abort();
        if (value.oid() != nullptr && value.oid()->size() > core::Oid::longest) std::abort();
        before = &name;
    }
    return 0;
}
