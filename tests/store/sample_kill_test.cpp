// kill -9 while samples are logged and packed: what was accepted is there, and nothing else.
#include <chrono>
#include <cstdlib>
#include <thread>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/store/sample_store.hpp"
#include "tests/store/child.hpp"
#include "tests/store/drawn.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

using namespace std::chrono_literals;

constexpr int series_count = 40;
const core::WallTime start = core::from_ms(1'790'000'000'000);
const core::Period ever{start, start + 24h * 36500};

Series series_of(int number) {
    return {{"dev"}, "cpu", std::to_string(number)};
}
core::WallTime time_of(std::int64_t batch) {
    return start + 47min * batch;
}
double value_of(int series, std::int64_t batch) {
    return static_cast<double>(series) * 1000 + static_cast<double>(batch);
}

/// How many batches are there, after every series has agreed to it.
std::int64_t whole_batches(SampleStore& store) {
    std::size_t count = 0;
    for (int series = 0; series < series_count; ++series) {
        const auto points = store.read(series_of(series), ever).value();
        if (series == 0) count = points.size();
        EXPECT_EQ(points.size(), count);
        for (std::size_t i = 0; i < points.size(); ++i) {
            const auto batch = static_cast<std::int64_t>(i);
            EXPECT_EQ(points[i], (Point{time_of(batch), value_of(series, batch)}));
        }
    }
    return static_cast<std::int64_t>(count);
}

/// A batch is 47 minutes: every thirtieth has a day to be packed.
void append_on_and_on(const std::filesystem::path& folder, int descriptor) {
    auto store = SampleStore::open(folder);
    if (store.has_error()) ::_exit(2);
    for (std::int64_t batch = whole_batches(*store); batch < 1'000'000; ++batch) {
        std::vector<Sample> samples;
        for (int series = 0; series < series_count; ++series)
            samples.push_back({series_of(series), time_of(batch), value_of(series, batch)});
        if (store->append(samples).has_error()) ::_exit(4);
        if (::write(descriptor, "+", 1) != 1) ::_exit(5);
    }
}

TEST(SampleKill, WhatWasAcceptedIsThereWhole) {
    const TempFolder folder;
    Drawn drawn(31);
    std::int64_t stored = 0;
    for (int kill = 0; kill < 15; ++kill) {
        SCOPED_TRACE(kill);
        Child child([&](int descriptor) { append_on_and_on(folder.path(), descriptor); });
        const int awaited = drawn.below(80);
        child.wait_for(awaited);
        std::this_thread::sleep_for(std::chrono::microseconds{drawn.below(10'000)});
        child.kill();
        ASSERT_TRUE(WIFSIGNALED(child.status()))
            << "it ended by itself: " << WEXITSTATUS(child.status());
        const auto accepted = awaited + static_cast<std::int64_t>(child.rest().size());
        auto store = SampleStore::open(folder.path()).value();
        const std::int64_t now = whole_batches(store);
        EXPECT_GE(now, stored + accepted);
        EXPECT_LE(now, stored + accepted + 1);  // One may have been on its way to being told.
        stored = now;
    }
    EXPECT_GT(stored, 60);
}

}  // namespace
}  // namespace rounds::store
