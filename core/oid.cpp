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

Oid::Oid(std::span<const Part> head, std::span<const Part> tail)
    : size_(static_cast<std::uint32_t>(head.size() + tail.size())) {
    Part* const to = is_far() ? new Part[size_] : held_.data();
    std::copy_n(tail.data(), tail.size(), std::copy_n(head.data(), head.size(), to));
    if (is_far()) hold(to);
}

Oid::Part* Oid::copy_of(std::span<const Part> parts) {
    auto* const copy = new Part[parts.size()];
    std::copy_n(parts.data(), parts.size(), copy);
    return copy;
}

std::strong_ordering operator<=>(const Oid& a, const Oid& b) {
    const Oid::Part* const left = a.data();
    const Oid::Part* const right = b.data();
    const std::uint32_t both = std::min(a.size_, b.size_);
    for (std::uint32_t i = 0; i < both; ++i) {
        if (left[i] != right[i]) return left[i] <=> right[i];
    }
    return a.size_ <=> b.size_;
}

std::span<const Oid::Part> Oid::below(const Oid& root) const {
    return parts().subspan(root.size());
}

Oid Oid::with(std::span<const Part> more) const {
    return {parts(), more};
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
