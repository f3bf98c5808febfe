#include "probes/resolver.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/probes/own_network.hpp"

namespace rounds::probes {
namespace {

using core::Error;
using Answer = core::Result<asio::ip::address>;

const auto address = asio::ip::make_address("10.1.3.1");

/// A name server that says nothing until it is told to, but of "printer", which another one serves.
class Server {
 public:
    Answer lookup(const std::string& name) {
        std::unique_lock lock{mutex_};
        asked_.push_back(name);
        if (name == "printer") return address;
        ++inside_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return speaks_; });
        --inside_;
        changed_.notify_all();
        if (name == "nobody")
            return Error{Error::Kind::not_found, "the name nobody does not resolve"};
        return address;
    }
    void speak() {
        const std::scoped_lock lock{mutex_};
        speaks_ = true;
        changed_.notify_all();
    }
    void wait_until_asked(std::size_t times) {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return asked_.size() >= times; });
    }
    void wait_until_left() {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return inside_ == 0; });
    }
    std::vector<std::string> asked() {
        const std::scoped_lock lock{mutex_};
        return asked_;
    }

 private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> asked_;
    bool speaks_ = false;
    int inside_ = 0;
};

class Resolver : public testing::Test {
 protected:
    struct Asked {
        std::optional<Answer> answer;
        bool cancelled = false;
        asio::cancellation_signal cancel;
    };
    using AskedPtr = std::shared_ptr<Asked>;

    AskedPtr start(const std::string& name, bool afresh = false) {
        loop.restart();
        const auto asked = std::make_shared<Asked>();
        asio::co_spawn(loop, afresh ? resolver->resolve_afresh(name) : resolver->resolve(name),
                       asio::bind_cancellation_slot(
                           asked->cancel.slot(), [asked](std::exception_ptr thrown, Answer answer) {
                               asked->cancelled = thrown != nullptr;
                               if (!thrown) asked->answer = std::move(answer);
                           }));
        return asked;
    }
    Answer resolve(const std::string& name, bool afresh = false) {
        const auto asked = start(name, afresh);
        loop.run();
        return asked->answer.value();
    }

    asio::io_context loop;
    std::shared_ptr<Server> server = std::make_shared<Server>();
    std::unique_ptr<SystemResolver> resolver = std::make_unique<SystemResolver>(
        loop.get_executor(),
        [kept = server](const std::string& name) { return kept->lookup(name); });
};

TEST_F(Resolver, AnAddressIsItselfAndAsksNobody) {
    EXPECT_EQ(resolve("127.0.0.1").value(), asio::ip::make_address("127.0.0.1"));
    EXPECT_EQ(resolve("::ffff:10.0.0.1").value(), asio::ip::make_address("10.0.0.1"));
    EXPECT_TRUE(resolve("not a name").has_error());
    EXPECT_TRUE(server->asked().empty());
}

TEST_F(Resolver, ANameIsAskedOnceAMinute) {
    server->speak();
    EXPECT_EQ(resolve("sw-3f").value(), address);
    EXPECT_EQ(resolve("sw-3f").value(), address);
    EXPECT_EQ(server->asked(), std::vector<std::string>{"sw-3f"});
}

TEST_F(Resolver, AFailureIsAskedAgain) {
    server->speak();
    EXPECT_EQ(resolve("nobody").error().kind, Error::Kind::not_found);
    EXPECT_TRUE(resolve("nobody").has_error());
    EXPECT_EQ(server->asked().size(), 2U);
}

TEST_F(Resolver, AskingAfreshIsNotAnsweredFromMemory) {
    server->speak();
    EXPECT_EQ(resolve("sw-3f").value(), address);
    EXPECT_EQ(resolve("sw-3f", true).value(), address);
    EXPECT_EQ(server->asked().size(), 2U);
}

TEST_F(Resolver, WhoeverAsksForTheSameNameWaitsForTheSameAnswer) {
    std::vector<AskedPtr> asks;
    for (int i = 0; i < 50; ++i) asks.push_back(start("sw-3f", i % 2 == 0));
    loop.poll();
    server->wait_until_asked(1);
    server->speak();
    loop.run();
    for (const auto& asked : asks) EXPECT_EQ(asked->answer.value().value(), address);
    EXPECT_EQ(server->asked().size(), 1U);
}

TEST_F(Resolver, TheLoopGoesOnWhileTheServerIsSilent) {
    const auto asked = start("sw-3f");
    loop.poll();
    server->wait_until_asked(1);
    bool lives = false;
    asio::post(loop, [&] { lives = true; });
    loop.poll();
    EXPECT_TRUE(lives);
    EXPECT_FALSE(asked->answer);
    server->speak();
    loop.run();
    EXPECT_EQ(asked->answer.value().value(), address);
}

TEST_F(Resolver, ASilentServerDoesNotHoldUpTheNamesOfOthers) {
    for (int i = 0; i < 7; ++i) start("pc-" + std::to_string(i));
    loop.poll();
    server->wait_until_asked(7);
    const auto asked = start("printer");
    while (!asked->answer) loop.run_one();
    EXPECT_EQ(asked->answer->value(), address);
    server->speak();
    loop.run();
}

TEST_F(Resolver, ACancelledAskIsOverAtOnceAndOthersStillGetTheAnswer) {
    const auto cancelled = start("sw-3f");
    const auto other = start("sw-3f");
    loop.poll();
    server->wait_until_asked(1);
    cancelled->cancel.emit(asio::cancellation_type::terminal);
    loop.poll();
    EXPECT_TRUE(cancelled->cancelled);
    server->speak();
    loop.run();
    EXPECT_EQ(other->answer.value().value(), address);
    EXPECT_FALSE(cancelled->answer);
}

TEST_F(Resolver, EndsWhileTheServerIsSilent) {
    std::vector<AskedPtr> asks;
    for (int i = 0; i < 20; ++i) asks.push_back(start("pc-" + std::to_string(i)));
    loop.poll();
    server->wait_until_asked(8);
    resolver.reset();  // would never return if it waited for the server
    loop.run();
    for (const auto& asked : asks)
        EXPECT_EQ(asked->answer.value().error().kind, Error::Kind::unavailable);
    server->speak();
    server->wait_until_left();
    EXPECT_EQ(server->asked().size(), 8U);
}

TEST_F(Resolver, AnAnswerAfterTheEndTouchesNothing) {
    {
        asio::io_context short_lived;
        SystemResolver ends{short_lived.get_executor(), [kept = server](const std::string& name) {
                                return kept->lookup(name);
                            }};
        asio::co_spawn(short_lived, ends.resolve("sw-3f"), asio::detached);
        short_lived.poll();
        server->wait_until_asked(1);
    }
    server->speak();  // the loop and the resolver are gone
    server->wait_until_left();
    EXPECT_EQ(server->asked().size(), 1U);
}

TEST_F(Resolver, AskedAfterItsEndItSaysSo) {
    const auto asked = start("sw-3f");  // begins at the loop's next turn
    resolver.reset();
    loop.run();
    EXPECT_EQ(asked->answer.value().error().kind, Error::Kind::unavailable);
}

TEST_F(Resolver, TheQueueHasAnEnd) {
    std::vector<AskedPtr> asks;
    for (int i = 0; i < 20'010; ++i) asks.push_back(start("pc-" + std::to_string(i)));
    loop.poll();
    int refused = 0;
    for (const auto& asked : asks) refused += asked->answer && asked->answer->has_error() ? 1 : 0;
    EXPECT_EQ(refused, 10);
    server->speak();
    loop.run();
    for (const auto& asked : asks) EXPECT_TRUE(asked->answer);
}

TEST(SystemLookup, FindsAndFailsWithoutANetwork) {
    in_own_network(Allowed::nothing, [] {
        EXPECT_EQ(system_lookup("127.0.0.1").value(), asio::ip::make_address("127.0.0.1"));
        const auto nobody = system_lookup("rounds-test.invalid");
        ASSERT_TRUE(
            nobody
                .has_error());  // no server can be reached; a stub on this machine may say "no such name"
        EXPECT_THAT(nobody.error().message, testing::HasSubstr("rounds-test.invalid"));
    });
}

}  // namespace
}  // namespace rounds::probes
