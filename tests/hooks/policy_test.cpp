#include "daemon/hooks/policy.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace rounds::hooks {
namespace {

using namespace std::chrono_literals;
using Outcome = ports::HookReply::Outcome;

const core::WallTime noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} + 12h;

ports::HookReply reply_of(Outcome outcome, int status, std::string retry_after = {}) {
    ports::HookReply reply;
    reply.outcome = outcome;
    reply.status = status;
    reply.retry_after = std::move(retry_after);
    return reply;
}

/// "delivered", "again hook.x", "parked hook.x"
std::string told(const Next& next) {
    if (const auto* again = std::get_if<Again>(&next))
        return "again " + std::string(core::key(again->why.id));
    if (const auto* parked = std::get_if<Parked>(&next))
        return "parked " + std::string(core::key(parked->why.id));
    return "delivered";
}

struct Case {
    std::string name;
    Outcome outcome = Outcome::answered;
    int status = 0;
    std::string expected;
};
class Decision : public ::testing::TestWithParam<Case> {};

TEST_P(Decision, AfterTheFirstAttempt) {
    const auto& [name, outcome, status, expected] = GetParam();
    EXPECT_EQ(told(next(reply_of(outcome, status), {1, noon, noon}, 0.5)), expected);
}

TEST_P(Decision, TheReasonStandsByItself) {
    const auto& [name, outcome, status, expected] = GetParam();
    const auto why = why_not(reply_of(outcome, status));
    const std::string said = why ? std::string(core::key(why->id)) : "delivered";
    EXPECT_EQ(said, expected.substr(expected.find(' ') + 1));
}

TEST_P(Decision, AfterThreeDaysNothingIsTriedAgain) {
    const auto& [name, outcome, status, expected] = GetParam();
    std::string at_last = expected;
    if (at_last.starts_with("again")) at_last.replace(0, 5, "parked");
    EXPECT_EQ(told(next(reply_of(outcome, status), {80, noon, noon + 72h}, 0.5)), at_last);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Decision,
    ::testing::Values(
        Case{"Ok", Outcome::answered, 200, "delivered"},
        Case{"Accepted", Outcome::answered, 202, "delivered"},
        Case{"NoContent", Outcome::answered, 204, "delivered"},
        Case{"LastOf2xx", Outcome::answered, 299, "delivered"},
        Case{"OkAndThenAHangingBody", Outcome::timed_out, 200, "delivered"},
        Case{"OkAndThenAReset", Outcome::broken, 200, "delivered"},
        Case{"SwitchingProtocols", Outcome::answered, 101, "again hook.in_trouble"},
        Case{"MultipleChoices", Outcome::answered, 300, "parked hook.redirected"},
        Case{"Moved", Outcome::answered, 301, "parked hook.redirected"},
        Case{"Found", Outcome::answered, 302, "parked hook.redirected"},
        Case{"TemporaryRedirect", Outcome::answered, 307, "parked hook.redirected"},
        Case{"PermanentRedirect", Outcome::answered, 308, "parked hook.redirected"},
        Case{"BadRequest", Outcome::answered, 400, "parked hook.refused"},
        Case{"Unauthorized", Outcome::answered, 401, "parked hook.not_let_in"},
        Case{"Forbidden", Outcome::answered, 403, "parked hook.not_let_in"},
        Case{"NotFound", Outcome::answered, 404, "parked hook.not_there"},
        Case{"MethodNotAllowed", Outcome::answered, 405, "parked hook.refused"},
        Case{"RequestTimeout", Outcome::answered, 408, "again hook.not_now"},
        Case{"Gone", Outcome::answered, 410, "parked hook.gone"},
        Case{"TooLarge", Outcome::answered, 413, "parked hook.refused"},
        Case{"Unprocessable", Outcome::answered, 422, "parked hook.refused"},
        Case{"TooEarly", Outcome::answered, 425, "again hook.not_now"},
        Case{"TooMany", Outcome::answered, 429, "again hook.too_many"},
        Case{"LastOf4xx", Outcome::answered, 499, "parked hook.refused"},
        Case{"ServerError", Outcome::answered, 500, "again hook.in_trouble"},
        Case{"BadGateway", Outcome::answered, 502, "again hook.in_trouble"},
        Case{"Unavailable", Outcome::answered, 503, "again hook.in_trouble"},
        Case{"NoHttpNumber", Outcome::answered, 999, "again hook.in_trouble"},
        Case{"TroubleAndThenAHangingBody", Outcome::timed_out, 503, "again hook.in_trouble"},
        Case{"RefusedAndThenAReset", Outcome::broken, 400, "parked hook.refused"},
        Case{"TimedOut", Outcome::timed_out, 0, "again hook.timed_out"},
        Case{"Reset", Outcome::broken, 0, "again hook.broken"},
        Case{"NobodyThere", Outcome::no_connection, 0, "again hook.no_connection"},
        Case{"NoName", Outcome::name_not_found, 0, "again hook.name_not_found"},
        Case{"TlsFailed", Outcome::tls_failed, 0, "again hook.tls"},
        Case{"CertificateRefused", Outcome::certificate_refused, 0, "parked hook.certificate"},
        Case{"BadUrl", Outcome::bad_url, 0, "parked hook.bad_url"},
        Case{"Nonsense", Outcome::nonsense, 0, "again hook.nonsense"},
        Case{"NonsenseWithAStatus", Outcome::nonsense, 200, "again hook.nonsense"}),
    [](const auto& test) { return test.param.name; });

struct PauseCase {
    std::string name;
    int number = 1;
    double random = 0;
    core::Duration pause;
    std::string retry_after = {};
};
class Pause : public ::testing::TestWithParam<PauseCase> {};

TEST_P(Pause, BeforeTheNextAttempt) {
    const PauseCase& c = GetParam();
    const auto reply = reply_of(Outcome::answered, 503, c.retry_after);
    const Next decided = next(reply, {c.number, noon - 1h, noon}, c.random);
    ASSERT_TRUE(std::holds_alternative<Again>(decided));
    EXPECT_EQ(std::get<Again>(decided).at - noon, c.pause);
}

INSTANTIATE_TEST_SUITE_P(Own, Pause,
                         ::testing::Values(PauseCase{"FirstShortest", 1, 0.0, 5s},
                                           PauseCase{"FirstMiddle", 1, 0.5, 7500ms},
                                           PauseCase{"SecondMiddle", 2, 0.5, 12500ms},
                                           PauseCase{"ThirdNearlyLongest", 3, 0.99, 39650ms},
                                           PauseCase{"NinthMiddle", 9, 0.5, 1282500ms},
                                           PauseCase{"TenthMiddleIsCapped", 10, 0.5, 1802500ms},
                                           PauseCase{"HundredthMiddleIsCapped", 100, 0.5,
                                                     1802500ms},
                                           PauseCase{"MillionthShortest", 1'000'000, 0.0, 5s}),
                         [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Asked, Pause,
    ::testing::Values(PauseCase{"Seconds", 1, 0.5, 120s, "120"},
                      PauseCase{"SecondsWithSpaces", 1, 0.5, 120s, " 120\t"},
                      PauseCase{"NoneIsShortest", 1, 0.5, 5s, "0"},
                      PauseCase{"ADayIsCapped", 1, 0.5, 1h, "86400"},
                      PauseCase{"BeyondAllNumbersIsCapped", 1, 0.5, 1h, "99999999999999999999999"},
                      PauseCase{"BeyondMillisecondsIsCapped", 1, 0.5, 1h, "9223372036854775807"},
                      PauseCase{"Date", 1, 0.5, 10min, "Tue, 24 Nov 2026 12:10:00 GMT"},
                      PauseCase{"DateGoneBy", 1, 0.5, 5s, "Tue, 24 Nov 2026 11:00:00 GMT"},
                      PauseCase{"DateFarAwayIsCapped", 1, 0.5, 1h, "Wed, 24 Nov 2027 12:10:00 GMT"},
                      PauseCase{"NegativeIsIgnored", 1, 0.5, 7500ms, "-5"},
                      PauseCase{"FractionIsIgnored", 1, 0.5, 7500ms, "1.5"},
                      PauseCase{"WordsAreIgnored", 1, 0.5, 7500ms, "soon"},
                      PauseCase{"EmptyIsIgnored", 1, 0.5, 7500ms, "  "}),
    [](const auto& test) { return test.param.name; });

// Whoever answers what: always between 5 s and 1 h, and never later for a smaller number.
TEST(PauseProperty, StaysWithinBounds) {
    for (int number = 1; number <= 200; ++number) {
        for (double random = 0; random < 1; random += 0.0625) {
            const Next decided =
                next(reply_of(Outcome::broken, 0), {number, noon, noon + 1h}, random);
            const auto pause = std::get<Again>(decided).at - (noon + 1h);
            EXPECT_GE(pause, shortest_pause);
            EXPECT_LE(pause, longest_pause);
        }
    }
}

TEST(Patience, TheLastAttemptIsMadeWhenItEnds) {
    const core::WallTime end = noon + 72h;
    const auto at = [&](core::WallTime now) {
        return std::get<Again>(next(reply_of(Outcome::broken, 0), {90, noon, now}, 0.99)).at;
    };
    EXPECT_EQ(at(end - 10min), end);
    EXPECT_EQ(at(end - 1s), end + 4s);  // the pause is never shorter than 5 s
}

/// A receiver that is down tries a few times in the first minutes, then about twice an hour.
TEST(Patience, AnAttemptsLife) {
    core::WallTime now = noon;
    int attempts = 0, in_the_first_hour = 0;
    while (true) {
        ++attempts;
        if (now < noon + 1h) ++in_the_first_hour;
        const Next decided = next(reply_of(Outcome::no_connection, 0), {attempts, noon, now}, 0.5);
        if (std::holds_alternative<Parked>(decided)) break;
        now = std::get<Again>(decided).at;
    }
    EXPECT_EQ(now, noon + 72h);
    EXPECT_EQ(in_the_first_hour, 10);
    EXPECT_EQ(attempts, 153);
}

TEST(Patience, ADetailIsShownAsTextOnly) {
    ports::HookReply reply = reply_of(Outcome::certificate_refused, 0);
    reply.detail = "self-signed\n\x1b[31m certificate";
    const Next decided = next(reply, {1, noon, noon}, 0);
    EXPECT_EQ(core::render(std::get<Parked>(decided).why, {}),
              "the receiver's certificate is not to be believed (self-signed\\n\\x1b[31m "
              "certificate); mend it, or name its issuer as ca_file");
}

}  // namespace
}  // namespace rounds::hooks
