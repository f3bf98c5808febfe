#include "daemon/web/server.hpp"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <future>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/support/temp_folder.hpp"
#include "tests/web/talker.hpp"

namespace rounds::web {
namespace {

using namespace std::chrono_literals;
using core::Error;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// A server on a thread of its own that says what it heard.
class ServerTest : public ::testing::Test {
 protected:
    void start(Limits limits = {}) {
        auto handler = [this](Request request) { return echo(std::move(request)); };
        server_ = Server::open(loop_.get_executor(), path_, handler, limits).value();
        thread_ = std::thread([this] { loop_.run(); });
    }

    /// Ends only when everything of the server's has.
    void end() {
        if (!thread_.joinable()) return;
        auto ending = [this]() -> asio::awaitable<void> {
            server_->stop();
            co_await server_->join();
        };
        asio::co_spawn(loop_, ending, asio::detached);
        thread_.join();
    }
    void TearDown() override { end(); }

    asio::awaitable<Response> echo(Request request) {
        at_once_ = std::max<int>(at_once_, ++now_);
        if (request.target == "/slow") {
            asio::steady_timer timer(loop_, 2ms);
            co_await timer.async_wait(asio::use_awaitable);
        }
        --now_;
        if (request.target == "/throw") throw std::runtime_error("a defect");
        co_return Response{.status = request.method == "GET" ? 200 : 409,
                           .body = request.method + " " + request.target + " " + request.body};
    }

    tests::TempFolder folder_;
    std::filesystem::path path_ = folder_ / "socket";
    asio::io_context loop_{1};
    std::unique_ptr<Server> server_;
    std::thread thread_;
    std::atomic<int> now_ = 0, at_once_ = 0;
};

std::string get(const std::string& target) {
    return "GET " + target + " HTTP/1.1\r\nHost: rounds\r\n\r\n";
}
std::string post(const std::string& body) {
    return "POST /act HTTP/1.1\r\nHost: rounds\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

TEST_F(ServerTest, OneConnectionAsksMoreThanOnce) {
    start();
    Talker talker(path_);
    talker.say(get("/v1/status?x=%20"));
    const auto first = talker.hear();
    EXPECT_THAT(first, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(first, HasSubstr("Content-Type: application/json\r\n"));
    EXPECT_THAT(first, EndsWith("\r\n\r\nGET /v1/status?x=%20 "));
    talker.say(post("{}"));
    const auto second = talker.hear();
    EXPECT_THAT(second, StartsWith("HTTP/1.1 409 Conflict\r\n"));
    EXPECT_THAT(second, EndsWith("\r\n\r\nPOST /act {}"));
}

TEST_F(ServerTest, RequestsOnOneHeapAreAnsweredInOrder) {
    start();
    Talker talker(path_);
    talker.say(get("/a") + post("b") + get("/slow"));
    EXPECT_THAT(talker.hear(), EndsWith("GET /a "));
    EXPECT_THAT(talker.hear(), EndsWith("POST /act b"));
    EXPECT_THAT(talker.hear(), EndsWith("GET /slow "));
}

TEST_F(ServerTest, WhoWantsToHangUpIsHungUpOn) {
    start();
    Talker talker(path_);
    talker.say("GET /last HTTP/1.1\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(talker.hear_all(), EndsWith("GET /last "));
    Talker old(path_);
    old.say("GET /old HTTP/1.0\r\n\r\n");
    EXPECT_THAT(old.hear_all(), EndsWith("GET /old "));
}

TEST_F(ServerTest, ADefectOfTheHandlersIsAnAnswerToo) {
    start();
    Talker talker(path_);
    talker.say(get("/throw"));
    EXPECT_THAT(talker.hear(), StartsWith("HTTP/1.1 500 Internal Server Error\r\n"));
    talker.say(get("/after"));
    EXPECT_THAT(talker.hear(), EndsWith("GET /after "));
}

struct Nonsense {
    std::string name, says, gets;
};
void PrintTo(const Nonsense& nonsense, std::ostream* out) {
    *out << nonsense.name;
}

class NonsenseTest : public ServerTest, public ::testing::WithParamInterface<Nonsense> {};

TEST_P(NonsenseTest, IsRefusedAndHungUpOn) {
    start();
    Talker talker(path_);
    talker.say(GetParam().says);
    const auto answer = talker.hear_all();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + GetParam().gets));
    EXPECT_THAT(answer, HasSubstr("{\"error\":\""));
    EXPECT_EQ(at_once_, 0) << "nonsense never reaches the handler";
    Talker next(path_);
    next.say(get("/next"));
    EXPECT_THAT(next.hear(), EndsWith("GET /next "));
}

INSTANTIATE_TEST_SUITE_P(
    Table, NonsenseTest,
    ::testing::Values(
        Nonsense{"Tls", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15),
                 "400 "},
        Nonsense{"NoHttp", "hello\r\n\r\n", "400 "},
        Nonsense{"Http2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400 "},
        Nonsense{"NoLength", "POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n", "400 "},
        Nonsense{"TwoLengths",
                 "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx", "400 "},
        Nonsense{"NegativeChunk", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\nx",
                 "400 "},
        Nonsense{"LongHead", "GET / HTTP/1.1\r\nX: " + std::string(9'000, 'x') + "\r\n\r\n",
                 "431 "},
        Nonsense{"EndlessTarget", "GET /" + std::string(100'000, 'x'), "431 "},
        Nonsense{"LongBody", "POST / HTTP/1.1\r\nContent-Length: 65537\r\n\r\nx", "413 "},
        Nonsense{"LongChunks",
                 "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n" +
                     std::string(70'000, 'x'),
                 "413 "}),
    [](const auto& test) { return test.param.name; });

TEST_F(ServerTest, ABodyAsLongAsAllowedArrives) {
    start();
    const std::string body(std::size_t{64} * 1024, 'b');
    Talker talker(path_);
    talker.say(post(body));
    EXPECT_THAT(talker.hear(), EndsWith(" " + body));
}

TEST_F(ServerTest, WhoIsTooSlowIsHungUpOn) {
    start({.patience = 200ms});
    Talker silent(path_), slow(path_), idle(path_);
    slow.say("GET / HTTP/1.1\r\nHost:");
    idle.say(get("/once"));
    EXPECT_THAT(idle.hear(), EndsWith("GET /once "));
    EXPECT_EQ(silent.hear_all(), "");
    EXPECT_EQ(slow.hear_all(), "");
    EXPECT_EQ(idle.hear_all(), "");
}

TEST_F(ServerTest, WhoDripsIsHungUpOnAllTheSame) {
    start({.patience = 200ms});
    Talker talker(path_);
    auto dripping = std::async(std::launch::async, [&talker] { return talker.hear_all(); });
    while (dripping.wait_for(3ms) != std::future_status::ready) talker.say("G");
    EXPECT_EQ(dripping.get(), "");
}

TEST_F(ServerTest, ACrowdIsServedAFewAtATime) {
    start({.connections = 3});
    std::vector<std::future<std::string>> crowd;
    crowd.reserve(12);
    for (int i = 0; i < 12; ++i) {
        crowd.push_back(std::async(std::launch::async, [this] {
            Talker talker(path_);
            talker.say("GET /slow HTTP/1.1\r\nConnection: close\r\n\r\n");
            return talker.hear_all();
        }));
    }
    for (auto& one : crowd) EXPECT_THAT(one.get(), EndsWith("GET /slow "));
    end();
    EXPECT_LE(at_once_, 3);
    EXPECT_GT(at_once_, 0);
}

TEST_F(ServerTest, ClientsThatGoAwayDoNoHarm) {
    start({.connections = 2});
    for (int i = 0; i < 20; ++i) {
        Talker gone(path_);
        gone.say(i % 3 == 0 ? get("/slow") : i % 3 == 1 ? "POST / HTTP/1.1\r\nContent-Le" : "");
    }
    Talker talker(path_);
    talker.say(get("/still"));
    EXPECT_THAT(talker.hear(), EndsWith("GET /still "));
}

TEST_F(ServerTest, OnlyOwnerAndGroupMayTalk) {
    start();
    struct ::stat made{};
    ASSERT_EQ(::stat(path_.c_str(), &made), 0);
    EXPECT_TRUE(S_ISSOCK(made.st_mode));
    EXPECT_EQ(made.st_mode & 0777U, 0660U);
}

TEST_F(ServerTest, TheSocketGoesWithTheServer) {
    start();
    Talker open(path_);
    end();
    EXPECT_FALSE(std::filesystem::exists(path_));
    EXPECT_EQ(open.hear_all(), "") << "those who were connected are hung up on";
}

TEST_F(ServerTest, AnothersSocketStays) {
    start();
    std::filesystem::rename(path_, folder_ / "moved");
    std::ofstream(path_) << "another's";
    end();
    EXPECT_TRUE(std::filesystem::exists(path_));
}

TEST_F(ServerTest, WhatACrashLeftIsReplaced) {
    start();
    const auto kept = folder_ / "kept";
    std::filesystem::create_hard_link(path_, kept);
    end();
    std::filesystem::rename(kept, path_);  // a socket on which nobody listens
    loop_.restart();
    start();
    Talker talker(path_);
    talker.say(get("/again"));
    EXPECT_THAT(talker.hear(), EndsWith("GET /again "));
}

TEST_F(ServerTest, ASecondOneIsRefused) {
    start();
    const auto second = Server::open(loop_.get_executor(), path_, {});
    ASSERT_TRUE(second.has_error());
    EXPECT_EQ(second.error().kind, Error::Kind::busy);
    EXPECT_THAT(second.error().message, HasSubstr(path_.string()));
    Talker talker(path_);
    talker.say(get("/first"));
    EXPECT_THAT(talker.hear(), EndsWith("GET /first "));
}

TEST_F(ServerTest, AFileThatIsNoSocketIsLeftAlone) {
    folder_.write("socket", "precious");
    const auto made = Server::open(loop_.get_executor(), path_, {});
    ASSERT_TRUE(made.has_error());
    EXPECT_EQ(made.error().kind, Error::Kind::invalid_input);
    EXPECT_EQ(tests::read_file(path_), "precious");
}

TEST_F(ServerTest, APlaceWhereNoSocketCanBeIsSaid) {
    const auto no_folder = Server::open(loop_.get_executor(), folder_ / "none/socket", {});
    ASSERT_TRUE(no_folder.has_error());
    EXPECT_EQ(no_folder.error().kind, Error::Kind::not_found);

    const auto too_long =
        Server::open(loop_.get_executor(), folder_ / std::string(longest_path, 's'), {});
    ASSERT_TRUE(too_long.has_error());
    EXPECT_EQ(too_long.error().kind, Error::Kind::invalid_input);
    EXPECT_THAT(too_long.error().message, HasSubstr("at most 107"));
}

}  // namespace
}  // namespace rounds::web
