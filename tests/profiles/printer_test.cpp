// Printer-MIB against agents written from RFC 3805.
#include <gmock/gmock.h>

#include "tests/profiles/agent.hpp"

namespace rounds::probes {
namespace {

using namespace std::string_literals;
using core::LevelState;
using core::Verdict;
using testing::ElementsAre;
using tests::counter32;
using tests::integer;
using tests::octets;
using tests::oid;

const std::string printers = "1.3.6.1.2.1.43.";
const std::string supply_entry = printers + "11.1.1";
const std::string tray_entry = printers + "8.2.1";

class Printer : public AgentTest {
 protected:
    void SetUp() override {
        introduce();
        row(printers + "5.1.1", "1", {{1, counter32(3)}, {17, octets("PRN-0042")}});
        row(printers + "10.2.1", "1.1", {{3, integer(7)}, {4, counter32(123'456)}});
        row("1.3.6.1.2.1.25.3.2.1", "1",
            {{2, oid("1.3.6.1.2.1.25.3.1.5")}, {3, octets("Example LaserFast 400")}});
    }
    void supply(int index, int colorant, int type, const std::string& descr, int unit, int capacity,
                int level) {
        row(supply_entry, "1." + std::to_string(index),
            {{3, integer(colorant)},
             {4, integer(type == 4 ? 4 : 3)},
             {5, integer(type)},
             {6, octets(descr)},
             {7, integer(unit)},
             {8, integer(capacity)},
             {9, integer(level)}});
    }
    core::SupplyFacts only_supply() {
        const auto told = facts().supplies;
        EXPECT_EQ(told.size(), 1U);
        return told.empty() ? core::SupplyFacts{} : told.front();
    }
    std::vector<std::pair<std::string, Verdict>> states() {
        std::vector<std::pair<std::string, Verdict>> all;
        for (const auto& state : facts().states) all.emplace_back(state.state, state.severity);
        return all;
    }
};

TEST_F(Printer, TellsWhoItIs) {
    const auto told = facts();
    EXPECT_EQ(told.device.device_class, core::DeviceClass::printer);
    EXPECT_EQ(told.device.model, "Example LaserFast 400");
    EXPECT_EQ(told.device.serial, "PRN-0042");
    EXPECT_EQ(told.page_count, 123'456);
}

TEST_F(Printer, TonerWithItsColor) {
    row(printers + "12.1.1", "1.2", {{4, octets("cyan")}});
    supply(4, 2, 3, "Cyan Toner", 7, 9000, 4500);
    const core::SupplyFacts expected{
        .descr = "Cyan Toner", .type = "toner", .color = "cyan", .percent = 50.0, .state = {}};
    EXPECT_EQ(only_supply(), expected);
}

TEST_F(Printer, AWasteBoxTellsTheRoomThatIsLeft) {
    supply(5, 0, 4, "Waste Toner Box", 19, 100, 80);
    EXPECT_EQ(only_supply().type, "waste");
    EXPECT_EQ(only_supply().percent, 80.0);
}

struct LevelCase {
    std::string name;
    int unit, capacity, level;
    std::optional<double> percent;
    std::optional<LevelState> state;
    friend void PrintTo(const LevelCase& c, std::ostream* out) { *out << c.name; }
};
class PrinterLevel : public Printer, public testing::WithParamInterface<LevelCase> {};
TEST_P(PrinterLevel, IsAnAmountOrSaysWhyNot) {
    const auto& c = GetParam();
    supply(1, 0, 3, "Toner", c.unit, c.capacity, c.level);
    EXPECT_EQ(only_supply().percent, c.percent);
    EXPECT_EQ(only_supply().state, c.state);
}
INSTANTIATE_TEST_SUITE_P(
    Levels, PrinterLevel,
    testing::Values(LevelCase{"Other", 19, 100, -1, {}, LevelState::unrestricted},
                    LevelCase{"Unknown", 19, 100, -2, {}, LevelState::unknown},
                    LevelCase{"SomeLeft", 19, 100, -3, {}, LevelState::some_remaining},
                    LevelCase{"Percent", 19, -2, 12, 12.0, {}},
                    LevelCase{"OverFull", 7, 5000, 6000, 100.0, {}},
                    LevelCase{"Empty", 7, 5000, 0, 0.0, {}}),
    [](const auto& test) { return test.param.name; });

TEST_F(Printer, Trays) {
    row(tray_entry, "1.1",
        {{2, integer(2)},
         {8, integer(8)},
         {9, integer(550)},
         {10, integer(110)},
         {13, octets("Tray 1")}});
    row(tray_entry, "1.2",
        {{8, integer(8)}, {9, integer(100)}, {10, integer(-3)}, {18, octets("Bypass")}});
    EXPECT_THAT(
        facts().trays,
        ElementsAre(core::TrayFacts{.descr = "Tray 1", .percent = 20.0, .state = {}},
                    core::TrayFacts{
                        .descr = "Bypass", .percent = {}, .state = LevelState::some_remaining}));
}

TEST_F(Printer, OutputsTellTheRoomThatIsLeft) {
    row(printers + "9.2.1", "1.1",
        {{3, integer(8)}, {4, integer(500)}, {5, integer(125)}, {7, octets("Upper bin")}});
    row(printers + "9.2.1", "1.2",
        {{3, integer(8)}, {4, integer(-2)}, {5, integer(-3)}, {12, octets("Stacker")}});
    row(printers + "9.2.1", "1.3", {{3, integer(8)}, {4, integer(100)}, {5, integer(-2)}});
    EXPECT_THAT(
        facts().outputs,
        ElementsAre(core::TrayFacts{.descr = "Upper bin", .percent = 25.0, .state = {}},
                    core::TrayFacts{
                        .descr = "Stacker", .percent = {}, .state = LevelState::some_remaining}));
}

TEST_F(Printer, PanelAndAlertsAreWhatAPersonReads) {
    row(printers + "16.5.1", "1.1", {{2, octets("\xc8\xb1\xd6\xbd")}});  // 缺纸 in GB2312
    row(printers + "16.5.1", "1.2", {{2, octets(" ")}});
    row(printers + "18.1.1", "1.7", {{2, integer(3)}, {8, octets("Load Tray 2")}});
    row(printers + "18.1.1", "1.8", {{2, integer(4)}, {8, octets("Toner low")}});
    const auto told = facts();
    EXPECT_THAT(told.console_text, ElementsAre("缺纸"));
    EXPECT_THAT(told.alerts, ElementsAre(core::AlertFacts{Verdict::critical, "Load Tray 2"},
                                         core::AlertFacts{Verdict::warning, "Toner low"}));
}

const std::string error_state = "1.3.6.1.2.1.25.3.5.1.2.1";

TEST_F(Printer, ErrorBitsCountFromTheMostSignificant) {
    set(error_state, octets("\x44"s));
    EXPECT_THAT(states(), ElementsAre(std::pair("noPaper"s, Verdict::warning),
                                      std::pair("jammed"s, Verdict::critical)));
}

TEST_F(Printer, ErrorBitsGoOnInTheSecondOctet) {
    set(error_state, octets("\x00\x20"s));
    EXPECT_THAT(states(), ElementsAre(std::pair("markerSupplyMissing"s, Verdict::critical)));
}

TEST_F(Printer, NoErrorBitIsWell) {
    for (const auto& bytes : {""s, "\x00"s, "\x00\x00"s, "\x00\x01"s}) {
        set(error_state, octets(bytes));
        EXPECT_THAT(states(), ElementsAre(std::pair("normal"s, Verdict::ok)));
    }
}

TEST_F(Printer, ItsStatusIsOnlyShownAsTheErrorsTellWhy) {
    set("1.3.6.1.2.1.25.3.2.1.5.1", integer(3));
    set(error_state, octets("\x80"s));
    const auto told = facts().states;
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].severity, Verdict::warning);
    EXPECT_EQ(told[0].item, "");
    EXPECT_EQ(told[1].state, "lowPaper");
    EXPECT_EQ(told[1].item, "printer");
}

TEST_F(Printer, Covers) {
    row(printers + "6.1.1", "1.1", {{2, octets("Front door")}, {3, integer(3)}});
    row(printers + "6.1.1", "1.2", {{3, integer(4)}});
    const auto told = facts().states;
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].descr, "Front door");
    EXPECT_EQ(told[0].severity, Verdict::warning);
    EXPECT_EQ(told[1].descr, "Cover 2");
    EXPECT_EQ(told[1].state, "coverClosed");
}

}  // namespace
}  // namespace rounds::probes
