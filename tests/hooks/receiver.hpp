// tests/hooks/receiver.py, started by a test.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <sys/types.h>

namespace rounds::hooks {

/// A webhook receiver on loopback; ends with the test.
class Receiver {
 public:
    struct Tls {
        std::string certificate, key;
    };
    explicit Receiver(const std::string& behaviour, const std::string& secret = {},
                      const std::optional<Tls>& tls = {});
    ~Receiver();
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    /// "http://127.0.0.1:PORT/hook/s3cret" (or https).
    [[nodiscard]] std::string url() const;
    [[nodiscard]] int port() const { return port_; }

    /// What it says next: a request it got, or {"ended": …}. Waits for it.
    [[nodiscard]] nlohmann::json next();

 private:
    [[nodiscard]] std::string line();
    pid_t pid_ = -1;
    int writing_ = -1;
    int reading_ = -1;
    int port_ = 0;
    bool tls_ = false;
    std::string read_;
};

/// A self-signed certificate for this name (an IP address or a host name) in `folder`.
[[nodiscard]] Receiver::Tls self_signed(const std::string& folder, const std::string& name);

}  // namespace rounds::hooks
