// Names resolved off the loop.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "ports/asio.hpp"
#include "ports/resolver_port.hpp"

namespace rounds::probes {

/// How a name becomes an address, blocking; called on the resolver's thread only. Errors as
/// ResolverPort's.
using Lookup = std::function<core::Result<asio::ip::address>(const std::string& name)>;

/// The system's way: getaddrinfo.
[[nodiscard]] core::Result<asio::ip::address> system_lookup(const std::string& name);

/// Looks names up on one thread of its own (getaddrinfo blocks); each failure with its reason. Who
/// asks for a name that is being looked up waits for the same answer. Answers are kept for a
/// minute, so a retry does not ask the name server again; failures are not kept.
class SystemResolver final : public ports::ResolverPort {
 public:
    explicit SystemResolver(asio::any_io_executor loop, Lookup lookup = system_lookup);
    /// Who waits gets unavailable. A name server that keeps silent is not waited for.
    ~SystemResolver() override;
    asio::awaitable<core::Result<asio::ip::address>> resolve(std::string name) override;
    asio::awaitable<core::Result<asio::ip::address>> resolve_afresh(std::string name) override;

 private:
    class Inside;
    std::shared_ptr<Inside> inside_;
};

}  // namespace rounds::probes
