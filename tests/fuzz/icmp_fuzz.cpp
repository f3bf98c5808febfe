// libFuzzer: whatever a socket hands over, reading it stays within bounds and never invents a
// request.
#include <cstdlib>

#include "probes/icmp/packet.hpp"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    using namespace rounds::probes;
    constexpr std::uint64_t cookie = 0x0123456789abcdef;
    const auto bytes = std::as_bytes(std::span{data, size});
    for (const auto version : {IpVersion::v4, IpVersion::v6}) {
        for (const auto framing : {Framing::bare, Framing::ipv4_header}) {
            const Reading reading = read_reply(bytes, version, framing, cookie, 0xbeef);
            if (reading.kind != Reading::Kind::ours && reading.number != 0) std::abort();
            // A reply of ours carries our cookie, the number and the seal: at least a header and 24
            // bytes.
            if (reading.kind == Reading::Kind::ours && size < 32) std::abort();
        }
    }
    return 0;
}
