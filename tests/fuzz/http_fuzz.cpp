// libFuzzer: whatever a receiver puts into Retry-After, the next attempt stays within its bounds; and a date is a date.
// The first byte chooses outcome and status, the rest is the header.
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "daemon/hooks/http_date.hpp"
#include "daemon/hooks/policy.hpp"

namespace {

using namespace rounds;

constexpr std::array<int, 10> statuses{0, 200, 204, 301, 408, 404, 429, 500, 503, 999};

void check(const hooks::Next& next, const hooks::Attempt& attempt) {
    const auto* again = std::get_if<hooks::Again>(&next);
    if (again == nullptr) return;
    if (again->at < attempt.at + hooks::shortest_pause) std::abort();
    if (again->at > attempt.at + hooks::longest_pause) std::abort();
    if (attempt.at >= attempt.first + hooks::patience) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    ports::HookReply reply;
    reply.outcome = static_cast<ports::HookReply::Outcome>(data[0] % 9);
    reply.status = statuses.at(data[0] / 9 % statuses.size());
    reply.retry_after.assign(reinterpret_cast<const char*>(data + 1), size - 1);
    if (const auto date = hooks::http_date(reply.retry_after)) {
        const auto year =
            std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(*date)).year();
        if (year < std::chrono::year{0} || year > std::chrono::year{10'000}) std::abort();
    }
    const core::WallTime noon = core::from_ms(1'795'000'000'000);
    for (const auto later :
         {core::Duration{0}, hooks::patience - core::Duration{1}, hooks::patience * 2}) {
        for (const int number : {1, 2, 40, 1'000'000}) {
            const hooks::Attempt attempt{number, noon, noon + later};
            check(hooks::next(reply, attempt, 0.0), attempt);
            check(hooks::next(reply, attempt, 0.999), attempt);
        }
    }
    return 0;
}
