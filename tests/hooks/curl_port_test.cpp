// libcurl against a real receiver on loopback, and against those that misbehave.
#include "daemon/hooks/curl_port.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>

#include "core/text.hpp"
#include "tests/hooks/posting.hpp"
#include "tests/hooks/receiver.hpp"
#include "tests/support/temp_folder.hpp"

namespace rounds::hooks {
namespace {

using namespace std::chrono_literals;
using Outcome = ports::HookReply::Outcome;

class CurlPortTest : public Posting {};

TEST_F(CurlPortTest, TheReceiverGetsWhatWasSent) {
    Receiver receiver("200");
    const auto reply = post(request_to(receiver.url()));
    EXPECT_EQ(reply.outcome, Outcome::answered);
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "ok");
    EXPECT_FALSE(reply.cut);
    const auto got = receiver.next();
    EXPECT_EQ(got["request"], "POST /hook/s3cret HTTP/1.1");
    EXPECT_EQ(got["body"], R"({"site":"上海总部"})");
    EXPECT_EQ(got["headers"]["content-type"], "application/json");
    EXPECT_EQ(got["headers"]["user-agent"], "Rounds");
    EXPECT_FALSE(got["headers"].contains("expect"));
    EXPECT_FALSE(got["headers"].contains("accept-encoding"));  // nothing is to be inflated
}

TEST_F(CurlPortTest, RetryAfterIsHandedOn) {
    Receiver receiver("429;Retry-After=7,503;retry-AFTER=Tue+24+Nov,200");
    EXPECT_EQ(post(request_to(receiver.url())).retry_after, "7");
    EXPECT_EQ(post(request_to(receiver.url())).retry_after, "Tue+24+Nov");
    EXPECT_EQ(post(request_to(receiver.url())).retry_after, "");
}

struct Case {
    std::string name, behaviour;
    core::Duration timeout;
    Outcome outcome = Outcome::answered;
    int status = 0;
    bool cut = false;
};
void PrintTo(const Case& c, std::ostream* out) {
    *out << c.behaviour;
}
class Misbehaving : public Posting, public ::testing::WithParamInterface<Case> {};

TEST_P(Misbehaving, EndsInANamedOutcome) {
    const Case& c = GetParam();
    Receiver receiver(c.behaviour);
    const auto reply = post(request_to(receiver.url(), c.timeout));
    EXPECT_EQ(reply.outcome, c.outcome);
    EXPECT_EQ(reply.status, c.status);
    EXPECT_EQ(reply.cut, c.cut);
    EXPECT_LE(reply.body.size(), 64U * 1024U);
    EXPECT_EQ(reply.detail.find("s3cret"), std::string::npos);
    EXPECT_EQ(receiver.next()["body"], R"({"site":"上海总部"})");
}

constexpr core::Duration soon = 400ms, ample = 60s;
INSTANTIATE_TEST_SUITE_P(
    Receivers, Misbehaving,
    ::testing::Values(Case{"Hangs", "hang", soon, Outcome::timed_out},
                      Case{"DripsItsStatus", "drip", soon, Outcome::timed_out},
                      Case{"DripsItsHeaders", "drip-headers", soon, Outcome::timed_out},
                      Case{"DripsItsBody", "drip-body", soon, Outcome::timed_out, 200},
                      Case{"FloodsABody", "flood", ample, Outcome::answered, 200, true},
                      Case{"FloodsChunks", "flood-chunks", ample, Outcome::answered, 200, true},
                      Case{"FloodsHeaders", "flood-headers", ample, Outcome::nonsense},
                      Case{"FloodsOneHeader", "flood-one-header", ample, Outcome::nonsense},
                      Case{"FloodsInterimAnswers", "flood-interim", ample, Outcome::nonsense},
                      Case{"ResetsAfterTheBody", "reset", ample, Outcome::broken},
                      Case{"ClosesAfterTheBody", "close", ample, Outcome::broken},
                      Case{"EndsItsBodyShort", "short", ample, Outcome::broken, 200},
                      Case{"SpeaksSsh", "nonsense", ample, Outcome::nonsense},
                      Case{"Redirects", "redirect", ample, Outcome::answered, 307},
                      Case{"RedirectsToAFile", "redirect-file", ample, Outcome::answered, 302},
                      Case{"IsGone", "410", ample, Outcome::answered, 410},
                      Case{"IsInTrouble", "500", ample, Outcome::answered, 500}),
    [](const auto& test) { return test.param.name; });

TEST_F(CurlPortTest, ARedirectIsNotFollowed) {
    Receiver receiver("redirect,200");
    EXPECT_EQ(post(request_to(receiver.url())).status, 307);
    EXPECT_EQ(post(request_to(receiver.url())).status, 200);
    EXPECT_EQ(receiver.next()["request"], "POST /hook/s3cret HTTP/1.1");
    EXPECT_EQ(receiver.next()["request"], "POST /hook/s3cret HTTP/1.1");
}

class BadUrl : public Posting, public ::testing::WithParamInterface<std::string> {};
TEST_P(BadUrl, IsNotTried) {
    const auto reply = post(request_to(GetParam()));
    EXPECT_EQ(reply.outcome, Outcome::bad_url);
    EXPECT_EQ(reply.detail, "");
}
INSTANTIATE_TEST_SUITE_P(Urls, BadUrl,
                         ::testing::Values("", "s3cret", "127.0.0.1:80/s3cret", "http://",
                                           "http:///s3cret", "https://a b/", "http://a:b:c/",
                                           "http://127.0.0.1:99999/", "ftp://127.0.0.1/s3cret",
                                           "file:///etc/passwd", "gopher://127.0.0.1/s3cret",
                                           "http://127.0.0.1/\ns3cret"));

TEST_F(CurlPortTest, NobodyThere) {
    using asio::ip::tcp;
    // Bound, so that nobody else is given the port, and not listening.
    tcp::acceptor taken(loop, tcp::v4());
    taken.bind({asio::ip::make_address("127.0.0.1"), 0});
    const auto port_number = std::to_string(taken.local_endpoint().port());
    const auto reply = post(request_to("http://127.0.0.1:" + port_number + "/s3cret"));
    EXPECT_EQ(reply.outcome, Outcome::no_connection);
    EXPECT_EQ(reply.detail.find("s3cret"), std::string::npos);
}

TEST_F(CurlPortTest, ANameThatNoResolverTakes) {
    // A label beyond 63 octets (RFC 1035) is refused without asking a name server.
    const auto reply = post(request_to("http://" + std::string(64, 'a') + ".invalid/s3cret"));
    EXPECT_EQ(reply.outcome, Outcome::name_not_found);
    EXPECT_EQ(reply.detail.find("s3cret"), std::string::npos);
}

TEST_F(CurlPortTest, ASelfSignedCertificateIsRefused) {
    const tests::TempFolder folder;
    const Receiver receiver("200", {}, self_signed(folder.path(), "127.0.0.1"));
    const auto reply = post(request_to(receiver.url()));
    EXPECT_EQ(reply.outcome, Outcome::certificate_refused);
    EXPECT_NE(reply.detail.find("self-signed certificate"), std::string::npos) << reply.detail;
    EXPECT_EQ(reply.detail.find("s3cret"), std::string::npos);
}

TEST_F(CurlPortTest, TheSameCertificateIsBelievedAsCaFile) {
    const tests::TempFolder folder;
    const auto tls = self_signed(folder.path(), "127.0.0.1");
    Receiver receiver("200", {}, tls);
    auto request = request_to(receiver.url());
    request.ca_file = tls.certificate;
    const auto reply = post(std::move(request));
    EXPECT_EQ(reply.outcome, Outcome::answered) << reply.detail;
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(receiver.next()["body"], R"({"site":"上海总部"})");
}

TEST_F(CurlPortTest, ACertificateForAnotherNameIsRefused) {
    const tests::TempFolder folder;
    const auto tls = self_signed(folder.path(), "receiver.example.com");
    const Receiver receiver("200", {}, tls);
    auto request = request_to(receiver.url());
    request.ca_file = tls.certificate;
    EXPECT_EQ(post(std::move(request)).outcome, Outcome::certificate_refused);
}

TEST_F(CurlPortTest, ACaFileThatIsNotThereIsNamed) {
    const tests::TempFolder folder;
    const Receiver receiver("200", {}, self_signed(folder.path(), "127.0.0.1"));
    auto request = request_to(receiver.url());
    request.ca_file = folder / "none.pem";
    const auto reply = post(std::move(request));
    EXPECT_EQ(reply.outcome, Outcome::certificate_refused);
    EXPECT_NE(reply.detail.find("none.pem"), std::string::npos) << reply.detail;
}

TEST_F(CurlPortTest, TlsWithOneWhoDoesNotSpeakIt) {
    const Receiver receiver("nonsense");
    std::string url = receiver.url();
    url.replace(0, 4, "https");
    // It waits for a request's end that never comes.
    EXPECT_EQ(post(request_to(url, 400ms)).outcome, Outcome::timed_out);
}

TEST_F(CurlPortTest, OneThatHangsDelaysNoOther) {
    const Receiver hanging("hang"), well("200");
    bool hanging_ended = false;
    int answered = 0;
    for (int i = 0; i < 5; ++i)
        begin(request_to(hanging.url(), 10min), [&](const auto&) { hanging_ended = true; });
    for (int i = 0; i < 20; ++i)
        begin(request_to(well.url()), [&](const auto& reply) { answered += reply.status == 200; });
    while (answered < 20) loop.run_one();
    EXPECT_FALSE(hanging_ended);
    port.reset();
}

TEST_F(CurlPortTest, ManyAtOnceEachGetTheirOwnReply) {
    const Receiver well("200"), refusing("400"), flooding("flood");
    int right = 0;
    for (int i = 0; i < 30; ++i) {
        begin(request_to(well.url()), [&](const auto& reply) { right += reply.status == 200; });
        begin(request_to(refusing.url()), [&](const auto& reply) { right += reply.status == 400; });
        begin(request_to(flooding.url()), [&](const auto& reply) { right += reply.cut; });
        begin(request_to("nowhere"),
              [&](const auto& reply) { right += reply.outcome == Outcome::bad_url; });
    }
    loop.run();
    EXPECT_EQ(right, 120);
}

TEST_F(CurlPortTest, CancellationEndsTheWait) {
    Receiver hanging("hang");
    asio::cancellation_signal cancel;
    std::exception_ptr ended;
    const auto never = [](const auto&) { FAIL() << "a reply from one who hangs"; };
    asio::co_spawn(
        loop, task(*port, request_to(hanging.url(), 10min), never),
        asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr why) { ended = why; }));
    loop.poll();
    EXPECT_EQ(hanging.next()["body"], R"({"site":"上海总部"})");  // it is under way
    cancel.emit(asio::cancellation_type::terminal);
    loop.run();
    ASSERT_TRUE(ended);
    try {
        std::rethrow_exception(ended);
    } catch (const boost::system::system_error& error) {
        EXPECT_EQ(error.code(), asio::error::operation_aborted);
    }
    // The port goes on.
    const Receiver well("200");
    EXPECT_EQ(post(request_to(well.url())).status, 200);
}

TEST_F(CurlPortTest, EndsWithRequestsUnderWay) {
    Receiver hanging("hang");
    bool called = false;
    begin(request_to(hanging.url(), 10min), [&](const auto&) { called = true; });
    loop.poll();
    EXPECT_EQ(hanging.next()["body"], R"({"site":"上海总部"})");
    port.reset();
    loop.poll();
    EXPECT_FALSE(called);
}

TEST_F(CurlPortTest, ProxiesOfTheEnvironmentAreNotUsed) {
    for (const auto* const name : {"http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"})
        ::setenv(name, "http://127.0.0.1:1", 1);
    const Receiver receiver("200");
    EXPECT_EQ(post(request_to(receiver.url())).status, 200);
}

}  // namespace
}  // namespace rounds::hooks
