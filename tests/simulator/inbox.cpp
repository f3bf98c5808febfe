#include "tests/simulator/inbox.hpp"

namespace rounds::simulator {

std::span<const Inbox::Packet> Inbox::receive(int descriptor) {
    for (std::size_t i = 0; i < batch; ++i) {
        parts_[i] = {buffer_.data() + i * largest_, largest_};
        auto& header = headers_[i].msg_hdr;
        header.msg_name = &peers_[i];
        header.msg_namelen = sizeof peers_[i];
        header.msg_iov = &parts_[i];
        header.msg_iovlen = 1;
        header.msg_control = controls_[i].data();
        header.msg_controllen = controls_[i].size();
    }
    packets_.clear();
    const int count = ::recvmmsg(descriptor, headers_.data(), batch, MSG_DONTWAIT, nullptr);
    for (std::size_t i = 0; count > 0 && i < static_cast<std::size_t>(count); ++i) {
        packets_.push_back({{buffer_.data() + i * largest_, headers_[i].msg_len},
                            peers_[i],
                            &headers_[i].msg_hdr});
    }
    return packets_;
}

}  // namespace rounds::simulator
