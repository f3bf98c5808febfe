// What is packed comes back as it was, whatever a device said.
#include "core/packed_standing.hpp"

#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

using Type = SnmpValue::Type;

/// Draws everything that a Standing may hold; the same for the same seed.
class Drawn {
 public:
    explicit Drawn(unsigned seed) : random_(seed) {}

    Standing standing() {
        Standing standing;
        standing.taken = SteadyTime(Duration(1'234'567));
        for (int i = below(20); i > 0; --i) standing.remembered.push_back(rule());
        for (int i = below(40); i > 0; --i) standing.fixed.add_scalar(oid(), value());
        for (int i = below(10); i > 0; --i) add_column(standing.fixed);
        for (int i = below(30); i > 0; --i) standing.scalars.push_back(oid());
        for (int i = below(5); i > 0; --i) standing.tables.push_back(table());
        for (int i = below(5); i > 0; --i) standing.marks.push_back({oid(), value()});
        if (below(2) == 1) standing.uptime = Duration(below(1'000'000'000));
        return standing;
    }

 private:
    int below(int end) { return std::uniform_int_distribution(0, end - 1)(random_); }

    Oid::Part part() {
        static constexpr Oid::Part edges[] = {0, 1, 127, 128, 16'383, 16'384, 0xffff'ffff};
        return below(3) > 0 ? static_cast<Oid::Part>(below(50)) : edges[below(7)];
    }
    Oid oid() {
        std::vector<Oid::Part> parts{1, 3, 6};
        for (int i = below(20); i > 0; --i) parts.push_back(part());
        return Oid(std::move(parts));
    }
    std::string octets() {
        std::string text(static_cast<std::size_t>(below(4) == 0 ? below(2000) : below(20)), 'x');
        for (char& c : text) c = static_cast<char>(below(256));
        return text;
    }
    SnmpValue value() {
        constexpr auto most = std::numeric_limits<std::uint64_t>::max();
        constexpr auto least = std::numeric_limits<std::int64_t>::min();
        switch (below(10)) {
            case 0: return {};
            case 1: return {Type::integer, static_cast<std::int64_t>(below(1000) - 500)};
            case 2: return {Type::integer, least};
            case 3: return {Type::counter64, most};
            case 4: return {Type::gauge32, static_cast<std::uint64_t>(below(300))};
            case 5: return {Type::real, -0.1 * below(1000)};
            case 6: return {Type::oid, oid()};
            case 7: return {Type::no_such_instance, std::monostate{}};
            case 8: return {Type::ip_address, std::string("\x7f\0\0\1", 4)};
            default: return {Type::octets, octets()};
        }
    }
    void add_column(Answers& answers) {
        const Oid column = oid();
        std::vector<SnmpVariable> cells;
        for (int i = below(60); i > 0; --i) cells.push_back({column.with(part()), value()});
        answers.add_column(column, cells);
    }
    Datum datum() {
        constexpr auto least = std::numeric_limits<std::int64_t>::min();
        switch (below(6)) {
            case 0: return {};
            case 1: return below(2) == 0 ? least : std::int64_t{below(3)};
            case 2: return std::numeric_limits<std::uint64_t>::max();
            case 3: return -0.1 * below(1000);
            case 4: return std::string("ethernetCsmacd");
            default: return octets();
        }
    }
    RememberedRule rule() {
        if (below(3) == 0) return {.anew = below(2) == 0};
        RememberedRule rule{.where_moves = below(2) == 0};
        for (int i = below(4); i > 0; --i) rule.moving.push_back(static_cast<std::size_t>(i));
        const auto fields = static_cast<std::size_t>(below(10)) + 1;
        for (int i = 1 + below(30); i > 0; --i) {
            auto& place = rule.places.emplace_back();
            place.row = RowIndex({part(), part()});
            for (std::size_t at = 0; at < fields; ++at) place.data.push_back(datum());
        }
        return rule;
    }
    Standing::Table table() {
        Standing::Table table{
            .name = octets(), .columns = {}, .rows = {}, .passing = below(2) == 1};
        for (int i = below(12); i > 0; --i) table.columns.push_back(oid());
        for (int i = below(50); i > 0; --i) table.rows.push_back(RowIndex({part(), part()}));
        return table;
    }

    std::mt19937 random_;
};

TEST(PackedStanding, ComesBackAsItWas) {
    for (unsigned seed = 0; seed < 500; ++seed) {
        const Standing before = Drawn(seed).standing();
        const Standing after = PackedStanding(before).unpacked();
        SCOPED_TRACE(seed);
        ASSERT_EQ(after.remembered, before.remembered);
        ASSERT_EQ(after.fixed, before.fixed);
        ASSERT_EQ(after.scalars, before.scalars);
        ASSERT_EQ(after.tables.size(), before.tables.size());
        for (std::size_t i = 0; i < after.tables.size(); ++i) {
            const auto &one = after.tables[i], &other = before.tables[i];
            ASSERT_EQ(one.name, other.name);
            ASSERT_EQ(one.passing, other.passing);
            ASSERT_EQ(one.columns, other.columns);
            ASSERT_EQ(one.rows, other.rows);
        }
        ASSERT_EQ(after.marks, before.marks);
        ASSERT_EQ(after.uptime, before.uptime);
        ASSERT_EQ(after.taken, before.taken);
    }
}

TEST(PackedStanding, KeepsTheProfileThatWasMadeForTheDevice) {
    Standing standing;
    standing.recognised.own = std::make_shared<const Profile>(Profile{.name = "own"});
    standing.recognised.profile = standing.recognised.own.get();
    const PackedStanding packed(standing);
    standing.recognised = {};
    EXPECT_EQ(packed.unpacked().recognised.profile->name, "own");
}

TEST(PackedStanding, TakesAFewBytesForACellOfATable) {
    Standing standing;
    for (Oid::Part column = 1; column <= 10; ++column) {
        const Oid name({1, 3, 6, 1, 2, 1, 2, 2, 1, column});
        std::vector<SnmpVariable> cells;
        for (Oid::Part row = 1; row <= 100; ++row)
            cells.push_back({name.with(row), {Type::integer, std::int64_t{row}}});
        standing.fixed.add_column(name, cells);
    }
    EXPECT_LE(PackedStanding(standing).size(), 1000U * 6);
}

}  // namespace
}  // namespace rounds::core
