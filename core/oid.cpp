#include "core/oid.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text.hpp"

namespace rounds::core {

Result<Oid> Oid::parse(std::string_view text) {
    const auto refuse = [whole = text](std::string_view why) {
        return Error{Error::Kind::invalid_input,
                     fmt::format("\"{}\" is not an OID: {}", printable(whole, 60), why)};
    };
    if (text.starts_with('.')) text.remove_prefix(1);
    std::vector<Part> parts;
    while (true) {
        Part part = 0;
        const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), part);
        if (failed == std::errc::result_out_of_range)
            return refuse("a number is larger than 4294967295");
        if (failed != std::errc{}) return refuse("expected a number");
        parts.push_back(part);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (text.empty()) break;
        if (!text.starts_with('.')) return refuse("expected a dot between numbers");
        text.remove_prefix(1);
    }
    if (parts.size() > longest) return refuse("it has more than 128 numbers");
    // X.690 8.19.4 packs the first two numbers into one.
    if (parts.front() > 2 || (parts.size() > 1 && parts.front() < 2 && parts[1] > 39))
        return refuse("it begins with 0, 1 or 2, and 0 and 1 are followed by at most 39");
    return Oid(parts);
}

std::span<const Oid::Part> Oid::below(const Oid& root) const {
    return parts().subspan(root.size());
}

Oid Oid::with(std::span<const Part> more) const {
    Oid longer;
    longer.parts_ = Parts(parts(), more);
    return longer;
}

Oid Oid::with(Part one) const {
    return with(std::span<const Part>(&one, 1));
}

std::string Oid::text() const {
    return dotted(parts());
}

std::string dotted(std::span<const Oid::Part> parts) {
    return fmt::format("{}", fmt::join(parts, "."));
}

}  // namespace rounds::core
