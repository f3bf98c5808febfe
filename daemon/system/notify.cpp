#include "daemon/system/notify.hpp"

#include <chrono>

#include <systemd/sd-daemon.h>

namespace rounds::daemon::notify {

void ready() {
    sd_notify(0, "READY=1");
}

void reloading() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    const auto line =
        "RELOADING=1\nMONOTONIC_USEC=" +
        std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(now).count());
    sd_notify(0, line.c_str());
}

void stopping() {
    sd_notify(0, "STOPPING=1");
}

void status(const std::string& line) {
    sd_notify(0, ("STATUS=" + line).c_str());
}

void alive() {
    sd_notify(0, "WATCHDOG=1");
}

std::optional<core::Duration> watchdog_interval() {
    std::uint64_t microseconds = 0;
    if (sd_watchdog_enabled(0, &microseconds) <= 0) return std::nullopt;
    return std::chrono::duration_cast<core::Duration>(std::chrono::microseconds(microseconds));
}

}  // namespace rounds::daemon::notify
