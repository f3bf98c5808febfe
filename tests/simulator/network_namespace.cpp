#include "tests/simulator/network_namespace.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>

#include <fmt/format.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "tests/simulator/descriptor.hpp"
#include "tests/simulator/local_route.hpp"

namespace rounds::simulator {
namespace {

core::Error refused(std::string_view what) {
    return {
        core::Error::Kind::no_permission,
        fmt::format("{}: {}; the office needs a network namespace in which it is root: start it "
                    "under `unshare -n` as root, or under `unshare -Urn`",
                    what, std::strerror(errno))};
}

bool write(const std::string& path, const std::string& value) {
    std::ofstream file(path);
    return static_cast<bool>(file << value << std::flush);
}

/// The flags of an interface (IFF_UP …), 0 when it is gone.
short flags_of(const Descriptor& socket, const std::string& name) {
    ifreq request{};
    name.copy(request.ifr_name, IFNAMSIZ - 1);
    return ::ioctl(socket.number(), SIOCGIFFLAGS, &request) == 0 ? request.ifr_flags : short{0};
}

/// An interface other than loopback that is up; empty when there is none.
std::string foreign_interface(const Descriptor& socket) {
    const std::unique_ptr<struct if_nameindex, decltype(&::if_freenameindex)> all(
        ::if_nameindex(), &::if_freenameindex);
    for (auto* entry = all.get(); entry != nullptr && entry->if_index != 0; ++entry) {
        const auto flags = flags_of(socket, entry->if_name);
        if ((flags & IFF_UP) != 0 && (flags & IFF_LOOPBACK) == 0) return entry->if_name;
    }
    return {};
}

bool raise_loopback(const Descriptor& socket) {
    ifreq request{};
    std::strcpy(request.ifr_name, "lo");
    request.ifr_flags = static_cast<short>(flags_of(socket, "lo") | IFF_UP);
    return ::ioctl(socket.number(), SIOCSIFFLAGS, &request) == 0;
}

}  // namespace

core::Result<void> enter_fresh_network() {
    if (::unshare(CLONE_NEWNET) == 0) return {};
    const auto user = ::geteuid();
    const auto group = ::getegid();
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return refused("no new network namespace");
    if (!write("/proc/self/setgroups", "deny") ||
        !write("/proc/self/uid_map", fmt::format("0 {} 1", user)) ||
        !write("/proc/self/gid_map", fmt::format("0 {} 1", group))) {
        return refused("cannot become root of the new user namespace");
    }
    return {};
}

core::Result<void> furnish(const std::vector<Network>& networks) {
    const Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (const auto name = foreign_interface(socket); !name.empty()) {
        return core::Error{
            core::Error::Kind::invalid_input,
            fmt::format("the interface {} is up here, so this is a real network; start "
                        "the office under `unshare -n` or `unshare -Urn`",
                        name)};
    }
    if (!raise_loopback(socket)) return refused("cannot bring up the loopback interface");
    const bool v6 = std::any_of(networks.begin(), networks.end(),
                                [](const Network& network) { return network.address.is_v6(); });
    std::vector<std::pair<std::string, std::string>> settings{
        {"/proc/sys/net/ipv4/icmp_echo_ignore_all", "1"},
        {"/proc/sys/net/ipv4/ping_group_range", "0 2147483647"}};
    if (v6) {
        settings.emplace_back("/proc/sys/net/ipv6/icmp/echo_ignore_all", "1");
        settings.emplace_back("/proc/sys/net/ipv6/ip_nonlocal_bind", "1");
    }
    for (const auto& [path, value] : settings) {
        if (write(path, value)) continue;
        // An ordinary user's namespace maps one group only, and the range may name no other.
        if (path.ends_with("ping_group_range") && write(path, "0 0")) continue;
        return refused("cannot set " + path);
    }
    for (const auto& network : networks) {
        if (!add_local_route(network)) return refused("cannot add a local route");
    }
    return {};
}

std::vector<Network> networks_of(const Script& script) {
    auto networks = script.networks;
    for (const auto& device : script.devices) {
        for (const auto& address : device.addresses) {
            const bool known =
                std::any_of(script.networks.begin(), script.networks.end(),
                            [&](const Network& network) { return contains(network, address); });
            if (!known) networks.push_back({address, address.is_v4() ? 32U : 128U});
        }
    }
    return networks;
}

bool contains(const Network& network, const asio::ip::address& address) {
    if (network.address.is_v4() != address.is_v4()) return false;
    const auto net = bytes_of(network.address);
    const auto one = bytes_of(address);
    for (unsigned bit = 0; bit < network.prefix; ++bit) {
        if (((net[bit / 8] ^ one[bit / 8]) & (0x80 >> bit % 8)) != 0) return false;
    }
    return true;
}

}  // namespace rounds::simulator
