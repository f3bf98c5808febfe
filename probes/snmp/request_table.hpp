// Which request an answer belongs to. Pure.
#pragma once

#include <cstdint>
#include <random>
#include <unordered_map>

namespace rounds::probes {

/// Requests by their ids: positive, of 31 bits (RFC 3412's msgID), drawn so that nobody guesses the next.
template <class Request>
class RequestTable {
 public:
    explicit RequestTable(std::uint64_t seed) : random_(seed) {}

    /// A new id that leads to `request`.
    std::int32_t add(const Request& request) {
        while (true) {
            const auto id = static_cast<std::int32_t>(random_() & 0x7fffffff);
            if (id != 0 && requests_.emplace(id, request).second) return id;
        }
    }
    void remove(std::int32_t id) { requests_.erase(id); }
    /// Empty (a null pointer, for pointers) when there is none; the wire may hold any number.
    [[nodiscard]] Request find(std::int64_t id) const {
        if (id <= 0 || id > 0x7fffffff) return {};
        const auto found = requests_.find(static_cast<std::int32_t>(id));
        return found == requests_.end() ? Request{} : found->second;
    }
    /// Every request, once for each id that leads to it.
    template <class Visit>
    void visit(Visit visit) const {
        for (const auto& [id, request] : requests_) visit(id, request);
    }
    [[nodiscard]] std::size_t size() const { return requests_.size(); }

 private:
    std::mt19937_64 random_;
    std::unordered_map<std::int32_t, Request> requests_;
};

}  // namespace rounds::probes
