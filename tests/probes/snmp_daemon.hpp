// Debian's snmpd, run by a test on a loopback port of its own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

#include "tests/support/temp_folder.hpp"

namespace rounds::probes {

/// Its configuration, log and memory lie in a temporary folder. Ended by its pid when the test ends.
class SnmpDaemon {
 public:
    [[nodiscard]] static bool installed();

    /// Runs with these lines of snmpd.conf; returns when it answers to the community "public".
    explicit SnmpDaemon(std::string configuration);
    SnmpDaemon(const SnmpDaemon&) = delete;
    SnmpDaemon& operator=(const SnmpDaemon&) = delete;
    ~SnmpDaemon();

    [[nodiscard]] std::uint16_t port() const { return port_; }
    /// Ends it and runs it again on the same port: its engine's boots grow.
    void restart();
    /// The same with another configuration.
    void reconfigure(std::string configuration);
    /// What `snmpbulkwalk` (v2c) prints of a column: "NAME VALUE" lines, numeric.
    [[nodiscard]] std::vector<std::string> bulkwalk(const std::string& column) const;

 private:
    bool start();
    void stop();
    [[nodiscard]] bool answers() const;

    tests::TempFolder folder_;
    std::string configuration_;
    std::uint16_t port_ = 0;
    pid_t pid_ = -1;
};

}  // namespace rounds::probes
