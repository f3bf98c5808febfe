// Random trees of devices that die and come back, looked at in random order: whatever the order, what is
// dead is down, and what hangs on it is suppressed.
#include <algorithm>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "core/topology.hpp"
#include "tests/core/drawing.hpp"

namespace rounds::core {
namespace {

using namespace std::chrono_literals;

const WallTime never = WallTime::max();

/// The truth: devices by number; who hangs on whom, and when each is dead.
struct World {
    Office office;                          ///< In an order of its own.
    std::vector<int> parent;                ///< -1: a root.
    std::vector<bool> polled;               ///< Others have no address, and live for ever.
    std::vector<std::vector<Period>> dead;  ///< Per device, in order.

    [[nodiscard]] int size() const { return static_cast<int>(parent.size()); }
    [[nodiscard]] bool alive(int i, WallTime t) const {
        return std::ranges::none_of(dead[static_cast<std::size_t>(i)],
                                    [&](Period p) { return p.contains(t); });
    }
    [[nodiscard]] int parent_of(int i) const { return parent[static_cast<std::size_t>(i)]; }
    [[nodiscard]] bool way_open(int i, WallTime t) const {
        for (int up = parent_of(i); up >= 0; up = parent_of(up)) {
            if (!alive(up, t)) return false;
        }
        return true;
    }
    [[nodiscard]] bool answers(int i, WallTime t) const { return alive(i, t) && way_open(i, t); }
    [[nodiscard]] WallTime death_of(int i) const {
        const auto& periods = dead[static_cast<std::size_t>(i)];
        return periods.empty() ? never : periods.front().from;
    }
    [[nodiscard]] WallTime death_upstream_of(int i) const {
        WallTime first = never;
        for (int up = parent_of(i); up >= 0; up = parent_of(up))
            first = std::min(first, death_of(up));
        return first;
    }
};

DeviceId id_of(int i) {
    return {"IT-" + std::to_string(i)};
}

class Dice {
 public:
    explicit Dice(unsigned seed) : random_(seed) {}
    int between(int low, int high) { return std::uniform_int_distribution{low, high}(random_); }
    bool chance(int percent) { return between(1, 100) <= percent; }
    Duration duration(Duration low, Duration high) {
        return Duration{
            std::uniform_int_distribution<std::int64_t>{low.count(), high.count()}(random_)};
    }
    template <class Range>
    void shuffle(Range& range) {
        std::ranges::shuffle(range, random_);
    }

 private:
    std::mt19937 random_;
};

World grow(Dice& dice) {
    World world;
    const int size = dice.between(2, 14);
    for (int i = 0; i < size; ++i) {
        world.parent.push_back(i == 0 || dice.chance(10) ? -1 : dice.between(0, i - 1));
        world.polled.push_back(!dice.chance(15));
        world.dead.emplace_back();
        Device device;
        device.id = id_of(i);
        device.name = "device-" + std::to_string(i);
        if (world.polled.back()) device.address = "10.0.0." + std::to_string(i);
        if (world.parent.back() >= 0) device.upstream = id_of(world.parent.back());
        device.ping.down_after = dice.between(2, 4);
        world.office.devices.push_back(device);
    }
    dice.shuffle(world.office.devices);
    return world;
}

/// The walk: each device is asked at its time, at random moments; a bad look has its upstream asked again
/// first, root first. `on_down` sees every device that is declared down.
class Walk {
 public:
    using Check = std::function<void(int device, const Transition&, WallTime now)>;

    Walk(const World& world, Dice& dice, Check on_change)
        : world_(world), dice_(dice), on_change_(std::move(on_change)) {
        for (int i = 0; i < world.size(); ++i) {
            if (world.polled[static_cast<std::size_t>(i)]) due_[i] = now_ + dice.duration(0ms, 30s);
        }
    }

    void until(WallTime end) {
        while (true) {
            const auto next =
                std::ranges::min_element(due_, {}, &std::pair<const int, WallTime>::second);
            if (next == due_.end() || std::max(next->second, now_) >= end) break;
            now_ = std::max(now_, next->second);
            look(next->first);
        }
        now_ = std::max(now_, end);
    }

    [[nodiscard]] WallTime now() const { return now_; }
    [[nodiscard]] const Reachability& belief(int i) const {
        return beliefs_.at(subject_of(id_of(i)));
    }

 private:
    void look(int i, bool among_upstream = false) {
        const Device& device = *world_.office.find(id_of(i));
        now_ += dice_.duration(1ms, 40ms);
        const Observation seen = drawing::look(world_.answers(i, now_) ? '.' : 'x', now_);
        if (look_of(seen) != Look::good) {
            if (!among_upstream && dice_.chance(30)) now_ += dice_.duration(0ms, 3s);
            look_upstream(device);
        }

        const auto belief_of = [&](const SubjectId& id) {
            const auto found = beliefs_.find(id);
            return found == beliefs_.end() ? nullptr : &found->second;
        };
        Reachability& belief = beliefs_[subject_of(device.id)];
        const auto settled = settle(subject_of(device.id), belief, seen, device.ping,
                                    Silence::fault, explain(world_.office, device, belief_of));
        belief = settled.belief;
        due_[i] = now_ + (settled.ask_soon ? dice_.duration(8s, 12s) : dice_.duration(25s, 35s));
        if (settled.transition) on_change_(i, *settled.transition, now_);
    }

    /// The nearest; its own bad look goes on to what is upstream of that, which is so judged before it.
    void look_upstream(const Device& device) {
        if (device.upstream.empty()) return;
        const Device& upstream = *world_.office.find(device.upstream);
        if (!upstream.due()) return look_upstream(upstream);
        const auto known = beliefs_.find(subject_of(upstream.id));
        const bool known_silent =
            known != beliefs_.end() &&
            (known->second.state == State::down || known->second.state == State::suppressed);
        if (known_silent && dice_.chance(50)) return look_upstream(upstream);  // May be left out.
        look(std::stoi(upstream.id.value.substr(3)), true);
    }

    const World& world_;
    Dice& dice_;
    Check on_change_;
    WallTime now_ = drawing::start();
    std::map<int, WallTime> due_;
    std::map<SubjectId, Reachability> beliefs_;
};

/// Whoever is declared down is dead itself, and the way to it was open: the fault is its own.
Walk::Check only_the_dead_go_down(const World& world) {
    return [&world](int i, const Transition& transition, WallTime now) {
        if (transition.after != State::down) return;
        EXPECT_FALSE(world.alive(i, now)) << id_of(i).value << " is down and lives";
        EXPECT_TRUE(world.way_open(i, now) || world.way_open(i, now - 1s))
            << id_of(i).value << " is down while its upstream is dead";
        EXPECT_GE(transition.at, world.death_of(i)) << id_of(i).value << " was down before it died";
    };
}

/// The one to blame: of all upstream that are down, the nearest to the root.
std::optional<SubjectId> culprit_of(const World& world, const Walk& walk, int i) {
    std::optional<SubjectId> culprit;
    for (int up = world.parent_of(i); up >= 0; up = world.parent_of(up)) {
        if (!world.polled[static_cast<std::size_t>(up)]) continue;
        if (walk.belief(up).state == State::down) culprit = subject_of(id_of(up));
    }
    return culprit;
}

void expect_suppressed(const World& world, const Walk& walk, int i) {
    EXPECT_EQ(walk.belief(i).state, State::suppressed) << id_of(i).value;
    EXPECT_EQ(walk.belief(i).through, culprit_of(world, walk, i)) << id_of(i).value;
    EXPECT_NE(culprit_of(world, walk, i), std::nullopt) << id_of(i).value;
}

/// After the deaths: down is who died with an open way; who died after its upstream, or only hangs on a
/// dead one, is suppressed. Who died just before its upstream may be either.
void expect_after_deaths(const World& world, const Walk& walk, int i) {
    constexpr Duration settling = 3min;
    const auto own = world.death_of(i), upstream = world.death_upstream_of(i);
    const State state = walk.belief(i).state;
    if (own == never && upstream == never) {
        EXPECT_EQ(state, State::up) << id_of(i).value;
    } else if (own < upstream && (upstream == never || own + settling < upstream)) {
        EXPECT_EQ(state, State::down) << id_of(i).value;
    } else if (own >= upstream || state != State::down) {
        expect_suppressed(world, walk, i);
    }
}

void die(World& world, Dice& dice, WallTime from, Duration spread) {
    for (int i = 0; i < world.size(); ++i) {
        if (!world.polled[static_cast<std::size_t>(i)] || !dice.chance(35)) continue;
        const WallTime at = from + dice.duration(0ms, spread);
        world.dead[static_cast<std::size_t>(i)] = {{at, never}};
    }
}

/// Runs one seed's world through deaths within `spread` and a return of some.
void live_and_die(unsigned seed, Duration spread) {
    Dice dice(seed);
    World world = grow(dice);
    die(world, dice, drawing::start() + 3min, spread);
    Walk walk(world, dice, only_the_dead_go_down(world));
    walk.until(drawing::start() + 3min + spread + 10min);
    const auto each = [&](auto check) {
        for (int i = 0; i < world.size(); ++i) {
            if (world.polled[static_cast<std::size_t>(i)]) check(i);
        }
    };
    each([&](int i) { expect_after_deaths(world, walk, i); });

    std::map<int, State> before;
    each([&](int i) { before[i] = walk.belief(i).state; });
    const WallTime back = walk.now();
    for (auto& periods : world.dead) {
        if (!periods.empty() && dice.chance(50)) periods.back().until = back;
    }
    walk.until(back + 10min);
    each([&](int i) {
        const bool own_outage =
            !world.alive(i, back) && (world.way_open(i, back) || before[i] == State::down);
        if (world.answers(i, back)) {
            EXPECT_EQ(walk.belief(i).state, State::up) << id_of(i).value;
        } else if (own_outage || (before[i] == State::down && !world.way_open(i, back))) {
            EXPECT_EQ(walk.belief(i).state, State::down) << id_of(i).value;
            if (before[i] != State::down) {
                EXPECT_GE(walk.belief(i).since, back) << "its own outage begins now";
            }
        } else {
            expect_suppressed(world, walk, i);
        }
    });
}

TEST(Trees, DeadAtOnceDownAreExactlyTheTopmost) {
    for (unsigned seed = 0; seed < 300 && !::testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        live_and_die(seed, 0ms);
    }
}

TEST(Trees, DeadOneAfterTheOtherEachIsToldForWhatItIs) {
    for (unsigned seed = 1000; seed < 1600 && !::testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        live_and_die(seed, seed % 2 == 0 ? 90s : 15min);
    }
}

TEST(Trees, FlutterOfOneIsNeverAnOutageOfAnother) {
    for (unsigned seed = 2000; seed < 2400 && !::testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        Dice dice(seed);
        World world = grow(dice);
        const WallTime end = drawing::start() + 40min;
        const int flutterer = dice.between(0, world.size() - 1);
        for (WallTime t = drawing::start() + 2min; t < end; t += dice.duration(40s, 4min)) {
            const WallTime back = t + dice.duration(5s, 90s);
            world.dead[static_cast<std::size_t>(flutterer)].push_back({t, back});
            t = back;
        }
        Walk walk(world, dice, [&](int i, const Transition& transition, WallTime) {
            const bool looks_dead_itself =
                i == flutterer || !world.polled[static_cast<std::size_t>(flutterer)];
            if (transition.after == State::down) {
                EXPECT_TRUE(looks_dead_itself) << id_of(i).value;
            }
        });
        walk.until(end + 5min);
        for (int i = 0; i < world.size(); ++i) {
            if (world.polled[static_cast<std::size_t>(i)]) {
                EXPECT_EQ(walk.belief(i).state, State::up);
            }
        }
    }
}

}  // namespace
}  // namespace rounds::core
