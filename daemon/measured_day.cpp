#include "daemon/measured_day.hpp"

#include <array>
#include <string_view>

#include "daemon/store/sample_store.hpp"

namespace rounds::daemon {

namespace {

constexpr std::array<std::string_view, 5> digested{"cpu", "memory", "sensor-temperature", "link-in",
                                                   "link-out"};
constexpr std::array<std::string_view, 2> used_up{"supplies", "storage"};
/// Whole weeks, so that weekends weigh alike; and some days less than samples are kept, so that the report of a few
/// days ago stays the same.
constexpr int course_days = 28;

}  // namespace

core::Result<core::Measurements> measured_in(const core::RoundRecord& round,
                                             const std::filesystem::path& state) {
    auto store = store::SampleStore::open_read_only(state);
    if (!store) {
        if (store.error().kind == core::Error::Kind::not_found) return core::Measurements{};
        return store.error();
    }
    const auto whole = store->whole_since();
    if (!whole) return whole.error();
    if (round.covered.from < *whole) return core::Measurements{};

    auto digests = store->digest(round.covered, digested);
    if (!digests) return digests.error();
    auto courses = store->courses(round.covered.until, course_days, used_up);
    if (!courses) return courses.error();
    auto pages = store->pages(round.covered);
    if (!pages) return pages.error();
    return core::Measurements{std::move(*digests), std::move(*courses), std::move(*pages)};
}

}  // namespace rounds::daemon
