// Whatever is in the files: never a crash, and always either a Setup or problems.
#include <random>

#include <gtest/gtest.h>

#include "tests/config/written.hpp"

namespace rounds::config {
namespace {

std::string example(const std::string& name) {
    return tests::read_file(std::filesystem::path(ROUNDS_SOURCE_DIR) / "config/examples" / name);
}

/// Loads what was written and holds the result against the contract.
void expect_one_of_both(const Written& written) {
    const auto loaded = written.load();
    ASSERT_NE(loaded.setup == nullptr, loaded.problems.empty());
    for (const Problem& problem : loaded.problems) {
        ASSERT_FALSE(problem.what.empty());
        ASSERT_FALSE(problem.file.empty());
        ASSERT_GE(problem.line, problem.column > 0 ? 1 : 0) << problem.sentence();
        ASSERT_EQ(problem.what.find('\n'), std::string::npos) << problem.sentence();
    }
    if (loaded.setup) {
        ASSERT_FALSE(loaded.setup->rounds.empty());
        for (const auto& device : loaded.setup->office.devices) {
            ASSERT_FALSE(device.id.empty());
            ASSERT_FALSE(device.name.empty());
            ASSERT_LE(device.ping.retry_interval, device.ping.interval);
        }
    }
}

using Draw = std::mt19937;

/// One small change: a byte set, taken out or put in; a piece doubled, moved or cut.
std::string changed(std::string text, Draw& draw) {
    const std::string pieces = ":-{}[],\"'#&*!|>%@`~? \t\n\r\\$01.\xE4\xFF";
    const auto place = [&] { return text.empty() ? 0 : draw() % text.size(); };
    const std::size_t length = 1 + draw() % 40;
    switch (draw() % 6) {
        case 0:
            if (!text.empty()) text[place()] = pieces[draw() % pieces.size()];
            break;
        case 1: text.erase(place(), length); break;
        case 2: text.insert(place(), 1, pieces[draw() % pieces.size()]); break;
        case 3: text.insert(place(), text.substr(place(), length)); break;
        case 4: text.resize(place()); break;
        default: text.insert(place(), 1, static_cast<char>(draw() % 256)); break;
    }
    return text;
}

TEST(Mutation, EveryTruncationOfTheExample) {
    const std::string whole = example("office.yaml");
    const std::string csv = example("devices.csv");
    for (std::size_t length = 0; length < whole.size(); length += 7) {
        Written written(whole.substr(0, length));
        written.file("devices.csv", csv);
        expect_one_of_both(written);
        if (HasFatalFailure()) FAIL() << "cut after " << length << " bytes";
    }
}

TEST(Mutation, OfTheExample) {
    const std::string csv = example("devices.csv");
    for (unsigned seed = 1; seed <= 600; ++seed) {
        Draw draw(seed);
        std::string yaml = example("office.yaml");
        for (auto changes = 1 + draw() % 4; changes > 0; --changes)
            yaml = changed(std::move(yaml), draw);
        Written written(yaml);
        written.file("devices.csv", csv);
        expect_one_of_both(written);
        if (HasFatalFailure()) FAIL() << "seed " << seed;
    }
}

TEST(Mutation, OfTheArchive) {
    const std::string yaml = example("office.yaml");
    for (unsigned seed = 1; seed <= 400; ++seed) {
        Draw draw(seed);
        std::string csv = example("devices.csv");
        for (auto changes = 1 + draw() % 4; changes > 0; --changes)
            csv = changed(std::move(csv), draw);
        Written written(yaml);
        written.file("devices.csv", csv);
        expect_one_of_both(written);
        if (HasFatalFailure()) FAIL() << "seed " << seed;
    }
}

TEST(Mutation, OfTheExampleInTwoFiles) {
    const std::string whole = example("office.yaml");
    const std::string csv = example("devices.csv");
    for (unsigned seed = 1; seed <= 200; ++seed) {
        Draw draw(seed);
        const auto cut = whole.find("\n\n", draw() % whole.size());
        Written written(changed(whole.substr(0, cut), draw));
        written.file("devices.csv", csv).file("conf.d/devices.csv", csv);
        written.file("conf.d/10.yaml", cut == std::string::npos ? "" : whole.substr(cut));
        expect_one_of_both(written);
        if (HasFatalFailure()) FAIL() << "seed " << seed;
    }
}

}  // namespace
}  // namespace rounds::config
