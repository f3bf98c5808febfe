// The shipped profiles on fixtures: each tests/data/devices/NAME.snmprec is written from its MIBs, NAME.json is what a
// person would read from it.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "config/encoding.hpp"
#include "config/profiles.hpp"
#include "core/packed_standing.hpp"
#include "core/reading.hpp"
#include "daemon/cli/recorded_look.hpp"

namespace rounds::daemon {
namespace {

namespace fs = std::filesystem;

const std::shared_ptr<const core::Profiles>& shipped() {
    static const auto profiles = config::load_profiles().profiles;
    return profiles;
}

std::string content(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

std::vector<fs::path> fixtures() {
    std::vector<fs::path> all;
    for (const auto& entry :
         fs::directory_iterator(fs::path(ROUNDS_SOURCE_DIR) / "tests/data/devices"))
        if (entry.path().extension() == ".snmprec") all.push_back(entry.path());
    std::ranges::sort(all);
    return all;
}

/// Where two documents differ, with both sides, a line each.
std::string differences(const nlohmann::json& told, const nlohmann::json& expected) {
    std::string all;
    for (const auto& step : nlohmann::json::diff(expected, told)) {
        const nlohmann::json::json_pointer at(step["path"].get<std::string>());
        const auto side = [&](const nlohmann::json& one) {
            return one.contains(at) ? one[at].dump() : std::string("nothing");
        };
        const bool added = step["op"] == "add" && !expected.contains(at);
        all += step["path"].get<std::string>() + ": read " + side(told) + ", expected " +
               (added ? std::string("nothing") : side(expected)) + "\n";
    }
    return all;
}

TEST(Devices, AreReadAsAPersonWould) {
    ASSERT_NE(shipped(), nullptr);
    ASSERT_FALSE(fixtures().empty());
    for (const fs::path& file : fixtures()) {
        SCOPED_TRACE(file.filename());
        auto recording = read_recording(content(file));
        ASSERT_TRUE(recording);
        const auto seen = look_at(*std::move(recording), shipped());
        ASSERT_NE(seen.facts(), nullptr);
        EXPECT_TRUE(seen.missing.empty());
        const auto told = nlohmann::json::parse(recorded_json(seen, *shipped(), {}));
        const auto expected = nlohmann::json::parse(
            content(fs::path(file).replace_extension(".json")), nullptr, false);
        EXPECT_EQ(differences(told, expected), "");
    }
}

/// How two looks at a device differ, a line each.
std::string differences(const probes::SnmpObservation& one, const probes::SnmpObservation& other) {
    const auto json = [](const probes::SnmpObservation& seen) {
        return nlohmann::json::parse(recorded_json(seen, *shipped(), {}));
    };
    return differences(json(one), json(other));
}

/// A look that asks for what moves alone reads the same while nothing has moved.
TEST(Devices, AreReadTheSameWhenTheyAreKnown) {
    for (const fs::path& file : fixtures()) {
        SCOPED_TRACE(file.filename());
        const auto recording = read_recording(content(file));
        ASSERT_TRUE(recording);
        const auto whole = look_at(*recording, shipped());
        ASSERT_NE(whole.standing, nullptr);
        const auto brief =
            look_at(*recording, shipped(), core::PackedStanding(*whole.standing).unpacked());
        ASSERT_NE(brief.facts(), nullptr);
        EXPECT_TRUE(brief.still_known);
        EXPECT_EQ(differences(brief, whole), "");
    }
}

/// Every counter and gauge that a look at what moves asks for went on by one.
Recording later(Recording recording, const core::Standing& standing) {
    std::set<core::Oid> asked;
    for (const auto& name : core::names_to_ask(standing)) asked.insert(name);
    for (const auto& mark : standing.marks) asked.erase(mark.name);
    for (auto& [name, value] : recording) {
        using Type = core::SnmpValue::Type;
        const bool counts = value.type == Type::counter32 || value.type == Type::counter64 ||
                            value.type == Type::gauge32;
        if (!counts || !asked.contains(name)) continue;
        if (auto* number = std::get_if<std::uint64_t>(&value.content)) ++*number;
    }
    return recording;
}

TEST(Devices, AreReadTheSameByWhatMovesWhenItMoved) {
    int moved = 0;
    for (const fs::path& file : fixtures()) {
        SCOPED_TRACE(file.filename());
        const auto recording = read_recording(content(file));
        ASSERT_TRUE(recording);
        const auto before = look_at(*recording, shipped());
        ASSERT_NE(before.standing, nullptr);
        const Recording now = later(*recording, *before.standing);
        const auto whole = look_at(now, shipped());
        const auto brief =
            look_at(now, shipped(), core::PackedStanding(*before.standing).unpacked());
        ASSERT_TRUE(brief.still_known);
        EXPECT_EQ(differences(brief, whole), "");
        moved += *whole.facts() == *before.facts() ? 0 : 1;
    }
    EXPECT_GT(moved, 50) << "fixtures with something that counts";
}

/// Notes the modules of which a rule gave a fact.
class Users final : public core::ReadingWitness {
 public:
    void module_begins(const core::Module& module) override { name_ = module.name; }
    void rule_not_needed(const core::Module&, const core::Rule&) override {}
    void rule_applied(const core::Rule&, const core::Place&, const std::vector<core::Datum>& data,
                      Outcome outcome) override {
        const bool any = std::ranges::any_of(data, core::present);
        if (outcome == Outcome::fact && any) names.insert(name_);
    }
    std::set<std::string> names;

 private:
    std::string name_;
};

TEST(Devices, EveryModuleGivesAFactInSomeFixture) {
    std::set<std::string> modules;
    for (const auto& profile : shipped()->all)
        for (const auto& module : profile.modules)
            if (!module->rules.empty()) modules.insert(module->name);
    Users users;
    for (const fs::path& file : fixtures()) {
        const auto seen = look_at(*read_recording(content(file)), shipped());
        ASSERT_NE(seen.answers, nullptr) << file;
        const auto by = core::recognise(*shipped(), *seen.answers, config::from_gb18030);
        static_cast<void>(core::read(by, *seen.answers, config::from_gb18030, &users));
    }
    std::vector<std::string> untried;
    std::ranges::set_difference(modules, users.names, std::back_inserter(untried));
    EXPECT_THAT(untried, testing::IsEmpty());
}

}  // namespace
}  // namespace rounds::daemon
