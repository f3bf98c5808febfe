// Printer-MIB (RFC 3805), and what HOST-RESOURCES-MIB (RFC 2790) says of printers.
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "tests/simulator/snmp/mib_tools.hpp"

namespace rounds::simulator {
namespace {

constexpr std::size_t trays = 2;
constexpr int sheets = 500;       // a tray holds
constexpr double few = 0.05;      // of toner: the panel says so
constexpr std::size_t waste = 4;  // its row among the supplies, behind the toners
constexpr std::array<const char*, 4> colours{"black", "cyan", "magenta", "yellow"};
constexpr std::array<const char*, 4> toners{"Black toner", "Cyan toner", "Magenta toner",
                                            "Yellow toner"};

double left(const Subject& subject, std::size_t toner) {
    return toner_left(subject.state, subject.description, static_cast<Toner>(toner), subject.now);
}

/// Ever; goes on through a restart.
std::uint64_t pages(const Subject& subject) {
    const double minutes = static_cast<double>(subject.now.count()) / 60e6;
    return 20'000 + subject.chance(4) % 100'000 +
           static_cast<std::uint64_t>(minutes * subject.description.pages_per_minute);
}

/// The toner whose level the panel complains of; colours.size() when there is none.
std::size_t complaint(const Subject& subject) {
    for (std::size_t i = 0; i < colours.size(); ++i)
        if (left(subject, i) < few) return i;
    return colours.size();
}

bool paper_out(const Subject& subject) {
    return subject.state.paper.level <= 0;
}

/// What a person reads on the panel.
std::string panel(const Subject& subject) {
    const auto toner = complaint(subject);
    if (paper_out(subject)) return "Load paper";
    if (toner == colours.size()) return "Ready";
    return fmt::format("{} {}", toners.at(toner),
                       left(subject, toner) > 0 ? "is low" : "is empty: replace cartridge");
}

/// hrPrinterDetectedErrorState: lowToner(2), noToner(3), offline and others; then inputTrayEmpty(13).
std::string errors(const Subject& subject) {
    const auto toner = complaint(subject);
    std::string bits(2, '\0');
    if (toner < colours.size()) bits[0] = left(subject, toner) > 0 ? '\x20' : '\x10';
    if (paper_out(subject)) {
        bits[0] = static_cast<char>(bits[0] | '\x40');  // noPaper(1)
        bits[1] = '\x04';
    }
    return bits;
}

Index second(const Subject&, std::size_t row) {
    return {1, static_cast<Column>(row + 1)};
}

Table of_device(std::string_view entry, std::vector<Column> columns,
                std::size_t (*rows)(const Subject&),
                core::SnmpValue (*value)(const Subject&, Column, std::size_t)) {
    return {core::Oid::parse(entry).value(), std::move(columns), rows, second, value};
}

core::SnmpValue input(const Subject& subject, Column column, std::size_t row) {
    switch (column) {
        case 2: return integer(3);  // sheetFeedAutoRemovableTray
        case 8: return integer(8);  // sheets
        case 9: return integer(sheets);
        case 10: return integer(std::lround(subject.state.paper.level * sheets));
        case 13: return text(fmt::format("Tray {}", row + 1));
        default: return text(fmt::format("Paper tray {}, A4", row + 1));
    }
}

core::SnmpValue marker(const Subject& subject, Column column, std::size_t) {
    return column == 3 ? integer(7) : counter(pages(subject));  // impressions
}

core::SnmpValue supply(const Subject& subject, Column column, std::size_t row) {
    const bool is_waste = row == waste;
    switch (column) {
        case 2: return integer(1);
        case 3: return integer(is_waste ? 0 : static_cast<std::int64_t>(row) + 1);
        case 4: return integer(is_waste ? 4 : 3);  // receptacleThatIsFilled, supplyThatIsConsumed
        case 5: return integer(is_waste ? 4 : 3);  // wasteToner, toner
        case 6: return text(is_waste ? "Waste toner box" : toners.at(row));
        case 7: return integer(19);  // percent
        case 8: return integer(100);
        default:
            // Of a receptacle: the room that is left.
            return integer(is_waste ? 60 : std::lround(left(subject, row) * 100));
    }
}

core::SnmpValue alert(const Subject& subject, Column column, std::size_t) {
    switch (column) {
        case 2: return integer(paper_out(subject) ? 3 : 4);  // critical, warning
        case 7: return integer(paper_out(subject) ? 808 : 1104);
        case 8: return text(panel(subject));
        default: return ticks(core::Microseconds{0});
    }
}

template <std::size_t Count>
std::size_t rows(const Subject&) {
    return Count;
}

}  // namespace

void printer(Tables& tables) {
    tables.push_back(counted("1.3.6.1.2.1.25.3.2.1", {1, 2, 3, 5}, rows<1>,
                             [](const Subject&, Column column, std::size_t) {
                                 switch (column) {
                                     case 1: return integer(1);
                                     case 2: return name("1.3.6.1.2.1.25.3.1.5");
                                     case 3:
                                         return text(fmt::format("Example Networks {}",
                                                                 model_of(SnmpKind::printer)));
                                     default: return integer(2);
                                 }
                             }));
    tables.push_back(counted("1.3.6.1.2.1.25.3.5.1", {1, 2}, rows<1>,
                             [](const Subject& subject, Column column, std::size_t) {
                                 return column == 1 ? integer(3) : text(errors(subject));
                             }));
    tables.push_back(counted("1.3.6.1.2.1.43.5.1.1", {1, 16, 17}, rows<1>,
                             [](const Subject& subject, Column column, std::size_t) {
                                 return column == 1    ? counter(3)
                                        : column == 16 ? text(subject.name())
                                                       : text(serial_of(subject));
                             }));
    tables.push_back(of_device("1.3.6.1.2.1.43.6.1.1", {2, 3}, rows<1>,
                               [](const Subject&, Column column, std::size_t) {
                                   return column == 2 ? text("Front cover") : integer(4);
                               }));
    tables.push_back(of_device("1.3.6.1.2.1.43.8.2.1", {2, 8, 9, 10, 13, 18}, rows<trays>, input));
    tables.push_back(of_device("1.3.6.1.2.1.43.10.2.1", {3, 4}, rows<1>, marker));
    tables.push_back(
        of_device("1.3.6.1.2.1.43.11.1.1", {2, 3, 4, 5, 6, 7, 8, 9}, rows<waste + 1>, supply));
    tables.push_back(
        of_device("1.3.6.1.2.1.43.12.1.1", {4}, rows<colours.size()>,
                  [](const Subject&, Column, std::size_t row) { return text(colours.at(row)); }));
    tables.push_back(of_device(
        "1.3.6.1.2.1.43.16.5.1", {2}, rows<1>,
        [](const Subject& subject, Column, std::size_t) { return text(panel(subject)); }));
    tables.push_back(of_device(
        "1.3.6.1.2.1.43.18.1.1", {2, 7, 8, 9},
        [](const Subject& subject) { return std::size_t{panel(subject) == "Ready" ? 0U : 1U}; },
        alert));
}

}  // namespace rounds::simulator
