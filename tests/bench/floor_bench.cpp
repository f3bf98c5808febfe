#include "tests/bench/floor_bench.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <system_error>
#include <vector>

#include <fmt/format.h>
#include <linux/icmp.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "probes/icmp/packet.hpp"
#include "probes/snmp/message.hpp"
#include "tests/bench/measure.hpp"

namespace rounds::bench {

namespace {

constexpr std::size_t longest = 2048;
constexpr int most_under_way = 64;
constexpr int receive_batch = 32;

using Bytes = std::vector<std::uint8_t>;

Bytes echo_request() {
    const auto request = probes::build({.identifier = 4711, .sequence = 1, .tag = {1, 2}});
    Bytes bytes(request.size());
    std::memcpy(bytes.data(), request.data(), request.size());
    return bytes;
}

Bytes get_of_ten_values() {
    probes::Question question;
    question.kind = probes::Question::Kind::get;
    for (const core::Oid::Part column : {2, 3, 5, 7, 8, 10, 13, 14, 16, 20})
        question.names.push_back(core::Oid({1, 3, 6, 1, 2, 1, 2, 2, 1, column, 1}));
    return probes::write_message(core::SnmpVersion::v2c, "public", question, 4711);
}

class Bare {
 public:
    explicit Bare(const FloorWork& work)
        : pings_(work.what == FloorWork::What::ping),
          message_(pings_ ? echo_request() : get_of_ten_values()),
          batch_(pings_ ? 8 : 16) {
        descriptor_ = pings_ ? ::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP)
                             : ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "socket");
        icmp_filter only_replies{};
        only_replies.data = ~(1U << ICMP_ECHOREPLY);
        if (pings_)
            ::setsockopt(descriptor_, SOL_RAW, ICMP_FILTER, &only_replies, sizeof only_replies);
        const std::uint32_t first = pings_ ? 0x7f010001 : 0x0a010101;
        for (int i = 0; i < work.targets; ++i) {
            sockaddr_in to{};
            to.sin_family = AF_INET;
            to.sin_port = htons(pings_ ? 0 : 161);
            to.sin_addr.s_addr = htonl(first + static_cast<std::uint32_t>(i));
            targets_.push_back(to);
        }
    }
    ~Bare() { ::close(descriptor_); }
    Bare(const Bare&) = delete;
    Bare& operator=(const Bare&) = delete;

    int run(int packets) {
        int sent = 0, received = 0;
        while (received < packets) {
            if (sent < packets && sent - received < most_under_way)
                sent += send(std::min(packets - sent, batch_), sent);
            const int came = receive();
            received += came;
            pollfd waiting{descriptor_, POLLIN, 0};
            if (came == 0 && sent - received >= std::min(most_under_way, packets - received) &&
                ::poll(&waiting, 1, 2000) == 0)
                break;
        }
        return received;
    }

 private:
    int send(int count, int first) {
        std::array<mmsghdr, 16> headers{};
        iovec bytes{message_.data(), message_.size()};
        for (int i = 0; i < count; ++i) {
            auto& header = headers[static_cast<std::size_t>(i)].msg_hdr;
            header.msg_name = &targets_[static_cast<std::size_t>(first + i) % targets_.size()];
            header.msg_namelen = sizeof(sockaddr_in);
            header.msg_iov = &bytes;
            header.msg_iovlen = 1;
        }
        return std::max(0,
                        ::sendmmsg(descriptor_, headers.data(), static_cast<unsigned>(count), 0));
    }
    int receive() {
        std::array<mmsghdr, receive_batch> headers{};
        std::array<iovec, receive_batch> places{};
        for (std::size_t i = 0; i < receive_batch; ++i) {
            places[i] = {&room_[i * longest], longest};
            headers[i].msg_hdr.msg_iov = &places[i];
            headers[i].msg_hdr.msg_iovlen = 1;
        }
        return std::max(
            0, ::recvmmsg(descriptor_, headers.data(), receive_batch, MSG_DONTWAIT, nullptr));
    }

    bool pings_;
    Bytes message_;
    int batch_;
    int descriptor_ = -1;
    std::vector<sockaddr_in> targets_;
    Bytes room_ = Bytes(receive_batch * longest);
};

}  // namespace

std::string floor(const FloorWork& work) {
    Bare bare(work);
    const Stretch stretch;
    const int received = bare.run(work.packets);
    return fmt::format(R"({{"polls": {}, "wall": {:.3f}, "cpu": {:.3f}}})", received,
                       stretch.wall(), stretch.cpu());
}

}  // namespace rounds::bench
