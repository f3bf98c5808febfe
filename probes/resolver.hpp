// Names resolved off the loop.
#pragma once

#include <memory>

#include "ports/asio.hpp"
#include "ports/resolver_port.hpp"

namespace rounds::probes {

/// getaddrinfo on one thread of its own (it blocks); each failure with its reason. Answers are kept for a
/// minute, so a retry does not ask the name server again; failures are not kept.
class SystemResolver final : public ports::ResolverPort {
public:
    explicit SystemResolver(asio::any_io_executor loop);
    ~SystemResolver() override;
    asio::awaitable<core::Result<asio::ip::address>> resolve(std::string name) override;

private:
    class Inside;
    std::shared_ptr<Inside> inside_;
};

}  // namespace rounds::probes
