// What must hold for every story of looks, not only for the drawn ones.
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "tests/core/drawing.hpp"

namespace rounds::core {
namespace {

using drawing::look_time;

/// All texts of so many of these characters.
std::vector<std::string> all_of(const std::string& characters, std::size_t length) {
    std::vector<std::string> texts{""};
    for (std::size_t n = 0; n < length; ++n) {
        std::vector<std::string> longer;
        for (const auto& text : texts) {
            for (const char c : characters) longer.push_back(text + c);
        }
        texts = std::move(longer);
    }
    return texts;
}

bool ends_with_row(const std::string& looks, std::size_t until, char look, std::size_t length) {
    return until >= length && looks.find_first_not_of(look, until - length) >= until;
}

/// The rule in the plainest words: down once the last `down` looks are bad, up once the last `up` are good.
std::string plainly(const std::string& looks, std::size_t down, std::size_t up) {
    std::string believed;
    char state = '.';
    for (std::size_t n = 1; n <= looks.size(); ++n) {
        if (ends_with_row(looks, n, 'x', down)) state = 'x';
        if (ends_with_row(looks, n, '.', up)) state = '.';
        believed += state;
    }
    return believed;
}

TEST(SettleProperty, EveryStoryOfElevenLooksIsJudgedAsThePlainRuleSays) {
    for (const auto& [down, up] : {std::pair{3, 2}, std::pair{1, 1}, std::pair{2, 4}}) {
        for (const auto& looks : all_of(".x", 11)) {
            const auto played = drawing::play(drawing::standing(State::up), looks, {}, {},
                                              drawing::rule_of(down, up));
            const auto expected =
                plainly(looks, static_cast<std::size_t>(down), static_cast<std::size_t>(up));
            ASSERT_EQ(played.believed, expected) << looks;
        }
    }
}

TEST(SettleProperty, AnOutageLastsFromItsFirstBadToItsFirstGoodLook) {
    for (const auto& looks : all_of(".x", 11)) {
        const auto played = drawing::play(drawing::standing(State::up), looks);
        std::size_t searched_from = 0;
        for (const auto& transition : played.transitions) {
            const bool down = transition.after == State::down;
            const auto row = looks.find(down ? "xxx" : "..", searched_from);
            ASSERT_EQ(transition.at, look_time(static_cast<int>(row))) << looks;
            searched_from = row + (down ? 3 : 2);
        }
    }
}

TEST(SettleProperty, WhatGivesNoAnswerIsNotUpForLong) {
    // Two unasked, then twice a bad look with two unasked behind it: one look more decides.
    EXPECT_EQ(drawing::play(drawing::standing(State::up), "??x??x??").believed.back(), '.');
    for (const auto& looks : all_of("x?", 9)) {
        EXPECT_NE(drawing::play(drawing::standing(State::up), looks).believed.back(), '.') << looks;
    }
}

/// A random life: looks of all kinds, upstream and hours changing, gaps, and a clock that is stepped.
class RandomLife {
 public:
    explicit RandomLife(unsigned seed) : random_(seed) {}

    char one_of(const std::string& drawn) {
        return drawn[std::uniform_int_distribution<std::size_t>{0, drawn.size() - 1}(random_)];
    }
    WallTime next_time() {
        const int dice = std::uniform_int_distribution{0, 39}(random_);
        if (dice == 0) now_ -= std::chrono::minutes{20};
        if (dice == 1) now_ += std::chrono::hours{7};
        return now_ += drawing::step;
    }

 private:
    std::mt19937 random_;
    WallTime now_ = drawing::start();
};

void expect_sound(const Reachability& before, const Settled& settled) {
    const Reachability& belief = settled.belief;
    ASSERT_TRUE(belief.since);
    if (before.since) {
        ASSERT_GE(*belief.since, *before.since) << "a state never begins before the last one";
    }
    ASSERT_EQ(belief.through.has_value(), belief.state == State::suppressed);
    ASSERT_EQ(belief.reason.has_value(), belief.state != State::up);
    ASSERT_EQ(settled.ask_soon, belief.doubt.has_value());
    if (belief.doubt) {
        ASSERT_GE(belief.doubt->first, *belief.since);
        ASSERT_GE(belief.doubt->last, belief.doubt->first);
        ASSERT_GE(belief.doubt->in_row, std::max(1, belief.doubt->own));
    }

    const bool changed = before.state != belief.state || before.through != belief.through;
    ASSERT_EQ(settled.transition.has_value(), changed);
    if (!changed) {
        ASSERT_EQ(belief.since, before.since ? before.since : belief.since);
        return;
    }
    const Transition& transition = *settled.transition;
    ASSERT_EQ(transition.before, before.state);
    ASSERT_EQ(transition.after, belief.state);
    ASSERT_EQ(transition.at, belief.since);
    ASSERT_EQ(transition.reason, belief.reason);
    ASSERT_EQ(transition.through, belief.through);
    ASSERT_FALSE(belief.doubt) << "a state begins without doubt";
}

/// What each change needs to have been seen: the looks since the last one that says otherwise.
void expect_earned(const Transition& transition, const std::string& looks,
                   const std::string& upstreams) {
    const auto last_good = looks.rfind('.');
    const std::size_t from = last_good == std::string::npos ? 0 : last_good + 1;
    int bad_with_upstream = 0;
    for (std::size_t n = from; n < looks.size(); ++n) {
        if (looks[n] == 'x' && upstreams[n] == ' ') ++bad_with_upstream;
    }
    switch (transition.after) {
        case State::up: ASSERT_EQ(looks.back(), '.'); break;
        case State::down:
            ASSERT_GE(bad_with_upstream, 3) << "of them, while upstream answered";
            ASSERT_EQ(upstreams.back(), ' ');
            break;
        case State::suppressed:
            ASSERT_TRUE(upstreams.back() == 'D' || upstreams.back() == 'E');
            break;
        case State::off: ASSERT_EQ(looks.back(), 'x'); break;
        case State::unknown: ASSERT_TRUE(looks.ends_with("???")); break;
    }
}

/// Where silence is expected, a look without an answer is judged the same whatever is upstream, and
/// raises nothing.
void expect_upstream_not_to_matter(const Reachability& before, char look, WallTime at, char hours) {
    const Silence silence = drawing::silence(hours);
    if (look == '.' || !expects_silence(before, silence)) return;
    const auto alone = settle(drawing::subject, before, drawing::look(look, at), {}, silence, {});
    ASSERT_TRUE(!alone.transition || alone.transition->after == State::off);
    for (const char upstream : std::string("~DEo")) {
        ASSERT_EQ(alone, settle(drawing::subject, before, drawing::look(look, at), {}, silence,
                                drawing::upstream(upstream)));
    }
}

TEST(SettleProperty, EveryBeliefIsSoundAndEveryChangeEarned) {
    int changes = 0;
    for (unsigned seed = 0; seed < 500; ++seed) {
        RandomLife life(seed);
        Reachability belief;
        std::string looks, upstreams;
        char look = '.', upstream = ' ', hours = ' ';
        for (int n = 0; n < 120; ++n) {
            if (life.one_of("yn") == 'y') look = life.one_of(".x?");
            if (life.one_of("ynnn") == 'y') upstream = life.one_of("   ~DEo");
            if (life.one_of("ynnnnnn") == 'y') hours = life.one_of("  no");
            looks += look;
            upstreams += upstream;
            const WallTime at = life.next_time();
            const auto settled = settle(drawing::subject, belief, drawing::look(look, at), {},
                                        drawing::silence(hours), drawing::upstream(upstream));
            ASSERT_NO_FATAL_FAILURE(expect_upstream_not_to_matter(belief, look, at, hours));

            ASSERT_NO_FATAL_FAILURE(expect_sound(belief, settled)) << seed << ": " << looks;
            if (settled.transition) {
                ++changes;
                ASSERT_NO_FATAL_FAILURE(expect_earned(*settled.transition, looks, upstreams))
                    << seed << ":\n"
                    << looks << "\n"
                    << upstreams;
            }
            belief = settled.belief;
        }
    }
    EXPECT_GT(changes, 5000) << "the lives are too dull to prove anything";
}

}  // namespace
}  // namespace rounds::core
