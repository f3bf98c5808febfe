#include "tests/probes/snmp_daemon.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

#include <boost/asio/ip/udp.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/probes/snmp_asker.hpp"

namespace rounds::probes {

namespace {

constexpr const char* program = "/usr/sbin/snmpd";

std::uint16_t free_port() {
    asio::io_context loop;
    const asio::ip::udp::socket socket{loop, {asio::ip::address_v4::loopback(), 0}};
    return socket.local_endpoint().port();
}

}  // namespace

bool SnmpDaemon::installed() {
    return ::access(program, X_OK) == 0;
}

SnmpDaemon::SnmpDaemon(std::string configuration) : configuration_(std::move(configuration)) {
    std::filesystem::create_directory(folder_ / "memory");
    std::filesystem::create_directory(folder_ / "no-mibs");
    for (int tries = 0; tries < 5; ++tries) {  // somebody may take the port in between
        port_ = free_port();
        if (start()) return;
        stop();
    }
    throw std::runtime_error{"snmpd does not answer: " + tests::read_file(folder_ / "log")};
}

SnmpDaemon::~SnmpDaemon() {
    stop();
}

bool SnmpDaemon::start() {
    std::ofstream(folder_ / "snmpd.conf") << fmt::format(
        "agentAddress udp:127.0.0.1:{}\nrocommunity public 127.0.0.1\n{}\n", port_, configuration_);
    const std::string folder = folder_.path(), log = folder_ / "log", memory = folder_ / "memory",
                      no_mibs = folder_ / "no-mibs";
    pid_ = ::fork();
    if (pid_ == 0) {
        ::setenv("SNMP_PERSISTENT_DIR", memory.c_str(), 1);
        ::setenv("SNMPCONFPATH", (folder + ":" + memory).c_str(), 1);
        ::setenv("MIBDIRS", no_mibs.c_str(), 1);
        const int nowhere = ::open("/dev/null", O_RDWR);
        for (int descriptor = 0; descriptor < 3; ++descriptor) ::dup2(nowhere, descriptor);
        ::execl(program, program, "-f", "-Lf", log.c_str(), "-m", "", nullptr);
        ::_exit(127);
    }
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (std::chrono::steady_clock::now() < deadline) {
        if (answers()) return true;
        if (::waitpid(pid_, nullptr, WNOHANG) == pid_) {
            pid_ = -1;
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    return false;
}

void SnmpDaemon::stop() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
    pid_ = -1;
}

void SnmpDaemon::restart() {
    stop();
    if (!start()) throw std::runtime_error{"snmpd does not come back"};
}

void SnmpDaemon::reconfigure(std::string configuration) {
    configuration_ = std::move(configuration);
    restart();
}

bool SnmpDaemon::answers() const {
    SnmpAsker asker;
    auto agent = SnmpAsker::agent(port_, core::SnmpVersion::v2c);
    agent.plan = {.timeout = core::Duration{500}, .retries = 0};
    return asker.get(agent, {core::Oid::parse("1.3.6.1.2.1.1.3.0").value()}).index() == 0;
}

std::vector<std::string> SnmpDaemon::bulkwalk(const std::string& column) const {
    const std::string command = fmt::format(
        "MIBDIRS={} SNMPCONFPATH={} snmpbulkwalk -m '' -v2c -c public -On -Oq -Ot 127.0.0.1:{} {} "
        "2>/dev/null",
        (folder_ / "no-mibs").string(), (folder_ / "no-mibs").string(), port_, column);
    FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error{"cannot run snmpbulkwalk"};
    std::vector<std::string> lines;
    std::array<char, 4096> line{};
    while (std::fgets(line.data(), line.size(), pipe) != nullptr) {
        lines.emplace_back(line.data());
        lines.back().pop_back();
    }
    ::pclose(pipe);
    return lines;
}

}  // namespace rounds::probes
