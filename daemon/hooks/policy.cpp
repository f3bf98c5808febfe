#include "daemon/hooks/policy.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

#include "core/text.hpp"
#include "daemon/hooks/http_date.hpp"

namespace rounds::hooks {

namespace {

using core::Duration;
using core::Message;
using core::MessageId;
using Outcome = ports::HookReply::Outcome;

/// Why it was not delivered, and whether trying again may help.
struct Failure {
    Message why;
    bool may_pass = true;
};

Failure refusal(int status) {
    const auto with_status = [&](MessageId id, bool may_pass) {
        return Failure{{.id = id, .with = {{"status", std::int64_t{status}}}}, may_pass};
    };
    if (status == 408 || status == 425) return with_status(MessageId::hook_not_now, true);
    if (status == 429) return with_status(MessageId::hook_too_many, true);
    if (status == 401 || status == 403) return with_status(MessageId::hook_not_let_in, false);
    if (status == 404) return with_status(MessageId::hook_not_there, false);
    if (status == 410) return with_status(MessageId::hook_gone, false);
    if (status >= 300 && status < 400) return with_status(MessageId::hook_redirected, false);
    if (status >= 400 && status < 500) return with_status(MessageId::hook_refused, false);
    // 5xx, and numbers that HTTP does not know.
    return with_status(MessageId::hook_in_trouble, true);
}

Failure failure(const ports::HookReply& reply) {
    const auto with_detail = [&](MessageId id, bool may_pass) {
        return Failure{{.id = id, .with = {{"detail", core::printable(reply.detail)}}}, may_pass};
    };
    switch (reply.outcome) {
        case Outcome::answered: break;
        case Outcome::bad_url: return {{.id = MessageId::hook_bad_url}, false};
        case Outcome::name_not_found: return {{.id = MessageId::hook_name_not_found}};
        case Outcome::no_connection: return {{.id = MessageId::hook_no_connection}};
        case Outcome::certificate_refused: return with_detail(MessageId::hook_certificate, false);
        case Outcome::tls_failed: return with_detail(MessageId::hook_tls, true);
        case Outcome::timed_out:
            if (reply.status == 0) return {{.id = MessageId::hook_timed_out}};
            break;
        case Outcome::broken:
            if (reply.status == 0) return {{.id = MessageId::hook_broken}};
            break;
        case Outcome::nonsense: return {{.id = MessageId::hook_nonsense}};
    }
    return refusal(reply.status);
}

bool is_delivered(const ports::HookReply& reply) {
    // The headers say it: what lacks of the body, or was never read, changes nothing.
    const bool has_status = reply.outcome == Outcome::answered ||
                            reply.outcome == Outcome::timed_out || reply.outcome == Outcome::broken;
    return has_status && reply.status >= 200 && reply.status < 300;
}

/// The pause that the receiver asks for; empty when it asks for none that can be read.
std::optional<Duration> asked_pause(std::string_view retry_after, core::WallTime now) {
    const auto first = retry_after.find_first_not_of(" \t");
    if (first == std::string_view::npos) return std::nullopt;
    retry_after = retry_after.substr(first, retry_after.find_last_not_of(" \t") + 1 - first);
    if (retry_after.find_first_not_of("0123456789") == std::string_view::npos) {
        std::int64_t seconds = 0;
        const auto [end, error] =
            std::from_chars(retry_after.data(), retry_after.data() + retry_after.size(), seconds);
        // More digits than fit are long, too.
        if (error != std::errc{} || seconds > longest_pause / std::chrono::seconds{1})
            return longest_pause;
        return std::chrono::seconds{seconds};
    }
    const auto until = http_date(retry_after);
    if (!until) return std::nullopt;
    return *until - now;
}

Duration own_pause(int number, double random) {
    const double ceiling =
        std::min(static_cast<double>(longest_pause.count()),
                 2.0 * static_cast<double>(shortest_pause.count()) * std::exp2(number - 1));
    const double floor = static_cast<double>(shortest_pause.count());
    return Duration{static_cast<std::int64_t>(floor + random * (ceiling - floor))};
}

}  // namespace

std::optional<Message> why_not(const ports::HookReply& reply) {
    if (is_delivered(reply)) return std::nullopt;
    return failure(reply).why;
}

Next next(const ports::HookReply& reply, Attempt attempt, double random) {
    if (is_delivered(reply)) return Delivered{};
    Failure failed = failure(reply);
    const core::WallTime end = attempt.first + patience;
    if (!failed.may_pass || attempt.at >= end) return Parked{std::move(failed.why)};

    const auto asked = asked_pause(reply.retry_after, attempt.at);
    const Duration pause = std::clamp(asked.value_or(own_pause(attempt.number, random)),
                                      shortest_pause, longest_pause);
    // The last attempt is made when the patience ends, not an hour after.
    const core::WallTime at =
        std::min(attempt.at + pause, std::max(end, attempt.at + shortest_pause));
    return Again{at, std::move(failed.why)};
}

}  // namespace rounds::hooks
