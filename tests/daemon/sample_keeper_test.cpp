// Samples on their way to samples.db, and how long they stay there.
#include "daemon/sample_keeper.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_clock.hpp"
#include "tests/support/temp_folder.hpp"

namespace rounds::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::SizeIs;

const core::WallTime start = core::from_ms(20'600LL * 86'400'000);
const core::Period ever{core::from_ms(0), start + 24h * 365};
const store::Series cpu{{"sw-3f"}, "cpu", ""};

class SampleKeeperTest : public ::testing::Test {
 protected:
    ~SampleKeeperTest() override {
        stop.emit(asio::cancellation_type::terminal);
        loop.restart();
        loop.poll();
    }
    void run(SampleRetention keep) {
        asio::co_spawn(loop, keeper.run(keep),
                       asio::bind_cancellation_slot(stop.slot(), asio::detached));
    }
    /// One of them is measured, and time goes on to the next.
    void measure(double value, core::Duration until_next) {
        keeper.add({{cpu, clock.wall(), value}});
        clock.run_until(clock.wall() + until_next);
    }
    store::SampleStore reader() {
        return store::SampleStore::open_read_only(folder.path()).value();
    }

    tests::TempFolder folder;
    asio::io_context loop;
    tests::FakeClock clock{loop, start};
    asio::cancellation_signal stop;
    SampleKeeper keeper{store::SampleStore::open(folder.path()).value(), clock, loop.get_executor(),
                        silent_log()};
};

TEST_F(SampleKeeperTest, WritesABatchEveryTenSeconds) {
    run({.samples = 24h, .five_minutes = 24h, .hours = 24h});
    measure(1, 4s);
    measure(2, 5s);
    EXPECT_EQ(keeper.kept(), 2U);
    EXPECT_THAT(reader().read(cpu, ever).value(), SizeIs(0));
    clock.run_until(start + 10s);
    EXPECT_EQ(keeper.kept(), 0U);
    EXPECT_THAT(reader().read(cpu, ever).value(),
                ElementsAre(core::Point{start, 1}, core::Point{start + 4s, 2}));
}

TEST_F(SampleKeeperTest, KeepsEachResolutionAsLongAsItIsTold) {
    run({.samples = 24h, .five_minutes = 48h, .hours = 72h});
    for (int i = 0; i < 6 * 24; ++i) measure(i, 1h);
    const auto store = std::make_unique<store::SampleStore>(reader());
    const auto kept = [&](core::Resolution resolution) {
        return store->read(cpu, ever, resolution)->size();
    };
    EXPECT_THAT(store->read(cpu, ever).value(), SizeIs(24));
    // Of the sums whole days are kept.
    EXPECT_EQ(kept(core::Resolution::five_minutes), 48U);
    EXPECT_EQ(kept(core::Resolution::hour), 72U);
    EXPECT_EQ(kept(core::Resolution::day), 6U);
}

}  // namespace
}  // namespace rounds::daemon
