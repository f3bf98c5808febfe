// A whole webhook: body, signature, port and policy against a receiver that checks.
#include "daemon/hooks/webhook.hpp"

#include <gtest/gtest.h>

#include "daemon/hooks/policy.hpp"
#include "tests/hooks/posting.hpp"
#include "tests/hooks/receiver.hpp"
#include "tests/hooks/told.hpp"

namespace rounds::hooks {
namespace {

constexpr auto secret = "whsec_cm91bmRzIHdhbGtzIHRoZSBvZmZpY2U=";

class WebhookTest : public Posting {
 protected:
    Next attempt(const core::Hook& hook, Attempt number) {
        const Told told = told_opening();
        auto request = webhook_request(
            hook, told.event.id,
            incident_body(told, told_office(), "上海总部", {.language = core::Language::chinese}),
            number.at);
        if (!request) throw std::runtime_error(request.error().message);
        return next(post(*std::move(request)), number, 0.5);
    }
};

TEST_F(WebhookTest, TheIdStaysAndEverySignatureFits) {
    Receiver receiver("500,reset,429;Retry-After=60,200", secret);
    core::Hook hook;
    hook.url = receiver.url();
    hook.secret = secret;

    std::vector<std::string> ids, bodies, times;
    Attempt number{1, noon_ish, noon_ish};
    while (true) {
        const Next decided = attempt(hook, number);
        const auto got = receiver.next();
        EXPECT_TRUE(got["signed"]);
        ids.push_back(got["headers"]["webhook-id"]);
        times.push_back(got["headers"]["webhook-timestamp"]);
        bodies.push_back(got["body"]);
        if (std::holds_alternative<Delivered>(decided)) break;
        number = {number.number + 1, noon_ish, std::get<Again>(decided).at};
        ASSERT_LT(ids.size(), 6U);
    }
    EXPECT_EQ(ids, std::vector<std::string>(4, "01936f2a-5d40-7c3a-8a51-3f0c9d2e7b10"));
    EXPECT_EQ(bodies, std::vector<std::string>(4, bodies.front()));
    // 7.5 s and 12.5 s of our own, 60 s as asked.
    EXPECT_EQ(times,
              (std::vector<std::string>{"1795486320", "1795486327", "1795486340", "1795486400"}));
}

TEST_F(WebhookTest, AWrongSecretDoesNotFit) {
    Receiver receiver("200", secret);
    core::Hook hook;
    hook.url = receiver.url();
    hook.secret = "whsec_c29tZXRoaW5nIGVsc2U=";
    EXPECT_TRUE(std::holds_alternative<Delivered>(attempt(hook, {1, noon_ish, noon_ish})));
    EXPECT_FALSE(receiver.next()["signed"]);
}

TEST_F(WebhookTest, GoneAndRedirectsAreParked) {
    const Receiver receiver("410,redirect");
    core::Hook hook;
    hook.url = receiver.url();
    const auto parked = [&] {
        return std::get<Parked>(attempt(hook, {1, noon_ish, noon_ish})).why.id;
    };
    EXPECT_EQ(parked(), core::MessageId::hook_gone);
    EXPECT_EQ(parked(), core::MessageId::hook_redirected);
}

TEST_F(WebhookTest, ABrokenSecretIsAnError) {
    core::Hook hook;
    hook.secret = "whsec_!";
    const auto request = webhook_request(hook, {"x"}, "{}", noon_ish);
    ASSERT_FALSE(request);
    EXPECT_EQ(request.error().kind, core::Error::Kind::invalid_input);
}

}  // namespace
}  // namespace rounds::hooks
