#include "daemon/cli/api_client.hpp"

#include <functional>
#include <thread>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include "daemon/web/listener.hpp"
#include "tests/support/temp_folder.hpp"

namespace rounds::daemon {
namespace {

using namespace std::chrono_literals;
using core::Error;
using ::testing::HasSubstr;

/// Somebody at the socket who says what a test wants, and hangs up when the other has.
class Rude {
 public:
    Rude(const std::filesystem::path& path, std::string says, bool hangs_up = true)
        : listener_(web::listen_at(path).value()), says_(std::move(says)), hangs_up_(hangs_up) {
        thread_ = std::thread([this] { talk(); });
    }
    ~Rude() {
        ::shutdown(listener_.descriptor, SHUT_RDWR);
        thread_.join();
        ::close(listener_.descriptor);
    }
    Rude(const Rude&) = delete;
    Rude& operator=(const Rude&) = delete;

    std::string heard;

 private:
    void talk() {
        // The listener does not block; shutdown() wakes accept4() on one that does.
        ::fcntl(listener_.descriptor, F_SETFL, 0);
        const int peer = ::accept4(listener_.descriptor, nullptr, nullptr, SOCK_CLOEXEC);
        if (peer < 0) return;
        std::string part(65536, '\0');
        heard.append(part, 0, static_cast<std::size_t>(::recv(peer, part.data(), part.size(), 0)));
        (void)::send(peer, says_.data(), says_.size(), MSG_NOSIGNAL);
        if (!hangs_up_) {
            while (::recv(peer, part.data(), part.size(), 0) > 0) {
            }
        }
        ::close(peer);
    }

    web::Listener listener_;
    std::string says_;
    bool hangs_up_;
    std::thread thread_;
};

class ApiClientTest : public ::testing::Test {
 protected:
    tests::TempFolder folder_;
    std::filesystem::path path_ = folder_ / "socket";
};

TEST_F(ApiClientTest, AsksInHttpAndReadsTheAnswer) {
    std::string heard;
    {
        Rude daemon(path_, "HTTP/1.1 409 Conflict\r\nContent-Length: 2\r\n\r\n{}");
        const auto answer =
            ask_daemon(path_, {.method = "POST", .target = "/v1/reload", .body = "[1]"});
        ASSERT_TRUE(answer.has_value()) << answer.error().message;
        EXPECT_EQ(answer->status, 409);
        EXPECT_FALSE(answer->good());
        EXPECT_EQ(answer->body, "{}");
        heard = daemon.heard;
    }
    EXPECT_TRUE(heard.starts_with("POST /v1/reload HTTP/1.1\r\n")) << heard;
    EXPECT_TRUE(heard.ends_with("\r\nContent-Length: 3\r\n\r\n[1]")) << heard;
}

TEST_F(ApiClientTest, WithoutADaemonItSaysHowToStartOne) {
    const auto nobody = ask_daemon(path_, {.target = "/", .body = {}});
    ASSERT_TRUE(nobody.has_error());
    EXPECT_EQ(nobody.error().kind, Error::Kind::unavailable);
    EXPECT_THAT(nobody.error().message, HasSubstr("systemctl start rounds"));

    const auto left = web::listen_at(path_).value();  // what a crash leaves
    ::close(left.descriptor);
    const auto gone = ask_daemon(path_, {.target = "/", .body = {}});
    ASSERT_TRUE(gone.has_error());
    EXPECT_THAT(gone.error().message, HasSubstr("systemctl start rounds"));
}

TEST_F(ApiClientTest, APathThatNoSocketCanHaveIsNoCrash) {
    const auto answer = ask_daemon(folder_ / std::string(300, 's'), {.target = "/", .body = {}});
    ASSERT_TRUE(answer.has_error());
    EXPECT_EQ(answer.error().kind, Error::Kind::unavailable);
}

TEST_F(ApiClientTest, WhoIsNotInTheGroupIsToldToJoin) {
    if (::geteuid() == 0) GTEST_SKIP() << "root may talk to everybody";
    const auto listener = web::listen_at(path_).value();
    std::filesystem::permissions(path_, std::filesystem::perms::none);
    const auto answer = ask_daemon(path_, {.target = "/", .body = {}});
    ASSERT_TRUE(answer.has_error());
    EXPECT_EQ(answer.error().kind, Error::Kind::no_permission);
    EXPECT_THAT(answer.error().message, HasSubstr("usermod -aG rounds"));
    ::close(listener.descriptor);
}

TEST_F(ApiClientTest, ADaemonThatDoesNotAnswerIsWaitedForOnlySoLong) {
    const Rude daemon(path_, "HTTP/1.1 200 OK\r\nContent-Le", false);
    const auto answer = ask_daemon(path_, {.target = "/", .body = {}}, 50ms);
    ASSERT_TRUE(answer.has_error());
    EXPECT_EQ(answer.error().kind, Error::Kind::unavailable);
    EXPECT_THAT(answer.error().message, HasSubstr("in time"));
}

struct Nonsense {
    std::string name, says;
};
void PrintTo(const Nonsense& nonsense, std::ostream* out) {
    *out << nonsense.name;
}

class NonsenseAnswer : public ApiClientTest, public ::testing::WithParamInterface<Nonsense> {};

TEST_P(NonsenseAnswer, IsAnError) {
    const Rude daemon(path_, GetParam().says);
    const auto answer = ask_daemon(path_, {.target = "/", .body = {}});
    ASSERT_TRUE(answer.has_error()) << answer->body;
    EXPECT_EQ(answer.error().kind, Error::Kind::unavailable);
}

INSTANTIATE_TEST_SUITE_P(
    Table, NonsenseAnswer,
    ::testing::Values(Nonsense{"Nothing", ""}, Nonsense{"NoHttp", "SSH-2.0-OpenSSH_9.2\r\n\r\n"},
                      Nonsense{"NoEnd", "HTTP/1.1 200 OK\r\n"},
                      Nonsense{"NoStatus", "HTTP/1.1 abc\r\nContent-Length: 0\r\n\r\n"},
                      Nonsense{"NoLength", "HTTP/1.1 200 OK\r\n\r\n{}"},
                      Nonsense{"Cut", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}"},
                      Nonsense{"NegativeLength",
                               "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}"}),
    [](const auto& test) { return test.param.name; });

TEST(PercentEncoded, LeavesNothingThatCouldEndTheLine) {
    EXPECT_EQ(percent_encoded("GZ-20261124-0007"), "GZ-20261124-0007");
    EXPECT_EQ(percent_encoded("a b\r\n/?%故"), "a%20b%0D%0A%2F%3F%25%E6%95%85");
}

}  // namespace
}  // namespace rounds::daemon
