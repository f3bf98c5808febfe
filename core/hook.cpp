#include "core/hook.hpp"

#include "core/text.hpp"

namespace rounds::core {

std::string_view word(Hook::Type type) {
    switch (type) {
        case Hook::Type::webhook: return "webhook";
    }
    return {};
}

std::string origin(std::string_view url) {
    const auto colon = url.find("://");
    if (colon == std::string_view::npos || colon == 0) return "a URL";
    const std::string_view scheme = url.substr(0, colon);
    std::string_view host = url.substr(colon + 3);
    // A backslash is a slash to some readers of URLs: what stands behind may be a path.
    host = host.substr(0, host.find_first_of("/?#\\"));
    if (const auto at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
    return printable(scheme, 20) + "://" + printable(host, 100) + "/…";
}

}  // namespace rounds::core
