#include "probes/departure.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include <sys/socket.h>

namespace rounds::probes {

Departure depart(int descriptor, std::span<const Leaving> datagrams,
                 const std::function<bool(int error)>& may_be_anothers,
                 const std::function<void()>& forget_errors) {
    std::array<mmsghdr, most_leaving> headers{};
    std::array<iovec, most_leaving> vectors{};
    const std::size_t count = std::min(datagrams.size(), most_leaving);
    for (std::size_t i = 0; i < count; ++i) {
        // sendmmsg reads only; its structures have no const.
        vectors[i] = {const_cast<void*>(datagrams[i].bytes), datagrams[i].size};
        msghdr& header = headers[i].msg_hdr;
        header.msg_name = const_cast<sockaddr*>(datagrams[i].to);
        header.msg_namelen = static_cast<socklen_t>(datagrams[i].to_size);
        header.msg_iov = &vectors[i];
        header.msg_iovlen = 1;
    }
    Departure departure;
    int failures = 0;  // of the datagram at departure.sent
    while (departure.sent < count) {
        const int sent = ::sendmmsg(descriptor, &headers[departure.sent],
                                    static_cast<unsigned>(count - departure.sent), MSG_DONTWAIT);
        if (sent > 0) {
            departure.sent += static_cast<std::size_t>(sent);
            failures = 0;
        } else if (errno != EINTR) {
            departure.error = errno;
            if (!may_be_anothers(departure.error) || ++failures == 3) return departure;
            forget_errors();
        }
    }
    departure.error = 0;
    return departure;
}

}  // namespace rounds::probes
