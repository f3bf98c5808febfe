#include "daemon/store/patience.hpp"

#include <algorithm>

namespace rounds::store {

namespace {

/// Others mostly hold a file for a moment; and who naps longer learns late that it is the end.
constexpr Patience::Nap shortest{1}, longest{25};

}  // namespace

std::optional<Patience::Nap> Patience::next(int tries) {
    if (tries == 0) left_ = for_each;
    Nap& left = hurried_ ? left_at_the_end_ : left_;
    const Nap nap = std::min({shortest * (tries + 1), longest, left});
    if (nap == Nap{0}) return std::nullopt;
    left -= nap;
    return nap;
}

}  // namespace rounds::store
