#include "tests/probes/own_network.hpp"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <linux/capability.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rounds::probes {

namespace {

[[noreturn]] void give_up(const std::string& what) {
    throw std::runtime_error{fmt::format("{}: {}", what, std::strerror(errno))};
}

void write_file(const char* path, const std::string& text) {
    std::ofstream file{path};
    file << text << std::flush;
    if (!file) give_up(path);
}

constexpr int no_namespace = 77;  // a child's exit code, as automake has it for skipped tests

void enter_namespaces() {
    const auto uid = ::getuid();
    const auto gid = ::getgid();
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0) {
        write_file("/proc/self/setgroups", "deny");
        write_file("/proc/self/uid_map", fmt::format("0 {} 1", uid));
        write_file("/proc/self/gid_map", fmt::format("0 {} 1", gid));
    } else if (::unshare(CLONE_NEWNET) != 0) {
        ::_exit(no_namespace);
    }
}

void raise_loopback() {
    ifreq request{};
    std::strcpy(request.ifr_name, "lo");
    const int any = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const bool known = ::ioctl(any, SIOCGIFFLAGS, &request) == 0;
    request.ifr_flags = static_cast<short>(request.ifr_flags | IFF_UP);
    if (!known || ::ioctl(any, SIOCSIFFLAGS, &request) != 0) give_up("cannot raise loopback");
    ::close(any);
}

void drop_capabilities() {
    __user_cap_header_struct header{.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    __user_cap_data_struct none[2]{};
    if (::syscall(SYS_capset, &header, none) != 0) give_up("cannot drop capabilities");
}

void set_up(Allowed allowed) {
    enter_namespaces();
    raise_loopback();
    // A new network namespace lets nobody open datagram sockets.
    if (allowed == Allowed::datagram) write_file("/proc/sys/net/ipv4/ping_group_range", "0 0");
    if (allowed == Allowed::nothing) drop_capabilities();
}

}  // namespace

void in_own_network(Allowed allowed, const std::function<void()>& story) {
    std::fflush(nullptr);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0) << std::strerror(errno);
    if (child == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that is killed takes its story along
        try {
            set_up(allowed);
            story();
        } catch (const std::exception& error) {
            ADD_FAILURE() << error.what();
        }
        std::fflush(nullptr);
        ::_exit(testing::Test::HasFailure() ? 1 : 0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == no_namespace) {
        GTEST_SKIP() << "this needs a network namespace: run it as root, or allow user namespaces "
                        "(sysctl -w kernel.unprivileged_userns_clone=1 "
                        "user.max_user_namespaces=1000)";
    }
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0)
        << "in the network of its own; status " << status;
}

void kernel_keeps_silent() {
    write_file("/proc/sys/net/ipv4/icmp_echo_ignore_all", "1");
    write_file("/proc/sys/net/ipv6/icmp/echo_ignore_all", "1");
}

}  // namespace rounds::probes
