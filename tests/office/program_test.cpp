// rounds-office as a whole, asked from beside it in a network namespace of the test's own.
#include "tests/office/program.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/office/asker.hpp"
#include "tests/simulator/network_namespace.hpp"

namespace rounds::simulator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* core_switch = "10.1.0.1";

/// A script in a file that goes with the test.
class ScriptFile {
 public:
    explicit ScriptFile(const std::string& text) {
        std::string name = std::filesystem::temp_directory_path() / "rounds-office-XXXXXX";
        const Descriptor made(::mkstemp(name.data()));
        path_ = name;
        std::ofstream(path_) << text;
    }
    ScriptFile(const ScriptFile&) = delete;
    ScriptFile& operator=(const ScriptFile&) = delete;
    ~ScriptFile() { std::filesystem::remove(path_); }
    [[nodiscard]] const std::string& path() const { return path_; }

 private:
    std::string path_;
};

/// Tests that need a network of their own, entered once for the process.
class OfficeProgram : public testing::Test {
 protected:
    void SetUp() override {
        static const auto entered = [] {
            const auto fresh = enter_fresh_network();
            return fresh ? furnish({}) : fresh;
        }();
        if (!entered) GTEST_SKIP() << entered.error().message;
    }
};

TEST_F(OfficeProgram, SilenceComesAndGoesWithEverythingBehindIt) {
    const ScriptFile script(R"(networks: [10.1.0.0/16]
defaults: {latency: 200us}
devices:
  - {name: core, address: 10.1.0.1}
  - {name: sw-3f, address: 10.1.3.1, behind: core}
  - {name: pc-3f, address: 10.1.3.101, count: 2, behind: sw-3f}
events:
  - {at: 40s, device: sw-3f, silent: true}
  - {at: 70s, device: sw-3f, silent: false}
)");
    Program office({"--step", script.path()});
    ASSERT_EQ(office.line(), "ready: 4 devices, 2 events");
    Asker asker;
    EXPECT_EQ(asker.answers_before("10.1.3.1", core_switch), 1);
    EXPECT_EQ(asker.answers_before("10.1.3.102", core_switch), 1);
    EXPECT_EQ(asker.answers_before("10.1.3.103", core_switch), 0) << "nobody has this address";

    EXPECT_EQ(office.step(), "00:40 sw-3f goes silent (2 behind it)");
    EXPECT_EQ(asker.answers_before("10.1.3.1", core_switch), 0);
    EXPECT_EQ(asker.answers_before("10.1.3.102", core_switch), 0);

    EXPECT_EQ(office.step(), "01:10 sw-3f answers again (2 behind it)");
    EXPECT_EQ(asker.answers_before("10.1.3.1", core_switch), 1);
    EXPECT_EQ(asker.answers_before("10.1.3.102", core_switch), 1);

    office.close_input();
    EXPECT_EQ(office.rest(), "end: 14 requests, 11 answers\n");
    EXPECT_EQ(office.exit_code(), 0);
}

TEST_F(OfficeProgram, NoAnswerComesBeforeItsLatency) {
    const ScriptFile script(R"(devices:
  - {name: core, address: 10.1.0.1, latency: 0us}
events:
  - {at: 1s, device: core, latency: 30ms, jitter: 10ms}
)");
    Program office({"--step", script.path()});
    ASSERT_THAT(office.line(), StartsWith("ready"));
    EXPECT_EQ(office.step(), "00:01 core answers after 30 ms, jitters by 10 ms");
    Asker asker;
    for (int i = 0; i < 5; ++i) {
        const auto asked = std::chrono::steady_clock::now();
        const auto sequence = asker.ask(core_switch);
        const auto heard = asker.hear();
        ASSERT_TRUE(heard);
        EXPECT_EQ(heard->sequence, sequence);
        EXPECT_EQ(heard->from, asio::ip::make_address(core_switch));
        EXPECT_GE(heard->at - asked, 20ms);
    }
}

TEST_F(OfficeProgram, LosesAndDoublesAsTheScriptSays) {
    const ScriptFile script(R"(devices:
  - {name: core, address: 10.1.0.1}
  - {name: ap, address: 10.1.0.2, loss: 50%}
events:
  - {at: 1s, device: ap, loss: 0%, duplicates: 100%}
)");
    Program office({"--step", script.path()});
    ASSERT_THAT(office.line(), StartsWith("ready"));
    Asker asker;
    int answered = 0;
    for (int i = 0; i < 100; ++i) answered += asker.answers_before("10.1.0.2", core_switch);
    EXPECT_GT(answered, 25);
    EXPECT_LT(answered, 75);

    office.step();
    for (int i = 0; i < 5; ++i) EXPECT_EQ(asker.answers_before("10.1.0.2", core_switch), 2);
}

TEST_F(OfficeProgram, CarriesPingsOfEverySize) {
    const ScriptFile script("devices:\n  - {name: core, address: 10.1.0.1}\n");
    Program office({"--step", script.path()});
    ASSERT_THAT(office.line(), StartsWith("ready"));
    Asker asker;
    for (const std::size_t data :
         {std::size_t{0}, std::size_t{1}, std::size_t{1472}, std::size_t{65'507}}) {
        asker.ask(core_switch, data);
        const auto heard = asker.hear();
        ASSERT_TRUE(heard) << data;
        EXPECT_EQ(heard->bytes, data + 8);
    }
}

TEST_F(OfficeProgram, AnswersOverIpv6) {
    if (!std::filesystem::exists("/proc/net/if_inet6")) GTEST_SKIP() << "this kernel has no IPv6";
    const ScriptFile script(R"(networks: ["fd00:1::/64"]
devices:
  - {name: core, address: ["fd00:1::1", 10.1.0.1]}
  - {name: sw, address: "fd00:1::31"}
events:
  - {at: 1s, device: sw, silent: true}
)");
    Program office({"--step", script.path()});
    ASSERT_THAT(office.line(), StartsWith("ready"));
    Asker asker(true);
    EXPECT_EQ(asker.answers_before("fd00:1::31", "fd00:1::1"), 1);
    EXPECT_EQ(asker.answers_before("fd00:1::99", "fd00:1::1"), 0);
    EXPECT_EQ(Asker().answers_before(core_switch, core_switch), 1);
    office.step();
    EXPECT_EQ(asker.answers_before("fd00:1::31", "fd00:1::1"), 0);
}

TEST_F(OfficeProgram, AThousandDevicesAskedAtOnceAllAnswer) {
    const ScriptFile script(R"(networks: [10.1.0.0/16]
defaults: {latency: 3ms, jitter: 2ms}
devices:
  - {name: core, address: 10.1.0.1}
  - {name: pc, address: 10.1.1.1, count: 999, behind: core}
)");
    Program office({script.path()});
    ASSERT_EQ(office.line(), "ready: 1000 devices, 0 events");
    Asker asker;
    const auto first = asio::ip::make_address_v4("10.1.1.1").to_uint();
    int heard = 0;
    for (unsigned i = 0; i < 999; ++i) {
        asker.ask(asio::ip::address_v4(first + i).to_string());
        // A socket holds some hundred answers; what came in meanwhile is taken out.
        if (i >= 100) heard += asker.hear().has_value() ? 1 : 0;
    }
    while (heard < 999 && asker.hear()) ++heard;
    EXPECT_EQ(heard, 999);
}

TEST_F(OfficeProgram, EventsComeByTheClockAndSigtermIsTheEnd) {
    const ScriptFile script(R"(devices:
  - {name: core, address: 10.1.0.1}
events:
  - {at: 40ms, device: core, silent: false}
  - {at: 20ms, device: core, silent: true}
)");
    Program office({script.path()});
    ASSERT_THAT(office.line(), StartsWith("ready"));
    EXPECT_EQ(office.line(), "00:00 core goes silent");
    EXPECT_EQ(office.line(), "00:00 core answers again");
    office.signal(SIGTERM);
    EXPECT_EQ(office.rest(), "end: 0 requests, 0 answers\n");
    EXPECT_EQ(office.exit_code(), 0);
}

TEST_F(OfficeProgram, ARealNetworkIsLeftAlone) {
    if (std::system("ip link add real type bridge 2>/dev/null && ip link set real up") != 0) {
        GTEST_SKIP() << "no second interface can be made here";
    }
    const ScriptFile script("devices:\n  - {name: core, address: 10.1.0.1}\n");
    Program office({script.path()});
    EXPECT_THAT(office.rest(),
                HasSubstr("the interface real is up here, so this is a real network"));
    EXPECT_EQ(office.exit_code(), 1);
    EXPECT_EQ(std::system("ip link del real"), 0);
}

TEST(OfficeCommandLine, ChecksAScriptWithoutPlayingIt) {
    const ScriptFile good("devices:\n  - {name: core, address: 10.1.0.1}\n");
    Program right({"--check", good.path()});
    EXPECT_EQ(right.rest(), good.path() + ": 1 devices, 0 events\n");
    EXPECT_EQ(right.exit_code(), 0);

    const ScriptFile bad("devices:\n  - {name: core, address: 10.1.0.1.1}\n  - {name: core}\n");
    Program wrong({"--check", bad.path()});
    const auto said = wrong.rest();
    EXPECT_THAT(said, HasSubstr(bad.path() + ":2: address: "));
    EXPECT_THAT(said, HasSubstr(bad.path() + ":3: address: every device needs one"));
    EXPECT_EQ(wrong.exit_code(), 1);
}

TEST(OfficeCommandLine, SaysHowItIsUsed) {
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{}, {"a.yaml", "b.yaml"}, {"--unknown", "a.yaml"}}) {
        Program office(words);
        EXPECT_THAT(office.rest(), HasSubstr("rounds-office --check SCRIPT"));
        EXPECT_EQ(office.exit_code(), 2);
    }
    Program help({"--help"});
    EXPECT_THAT(help.rest(), StartsWith("rounds-office"));
    EXPECT_EQ(help.exit_code(), 0);
}

}  // namespace
}  // namespace rounds::simulator
