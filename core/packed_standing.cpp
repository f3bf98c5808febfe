#include "core/packed_standing.hpp"

#include <algorithm>
#include <bit>
#include <utility>
#include <variant>

namespace rounds::core {

namespace {

using Content = decltype(SnmpValue::content);

/// Where else the kind of a Datum stands.
constexpr unsigned as_before = 7;

/// Of signed numbers the small ones short, whichever their sign: 0, -1, 1, -2 … are 0, 1, 2, 3 …
std::uint64_t folded(std::int64_t number) {
    return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
}
std::int64_t unfolded(std::uint64_t number) {
    return static_cast<std::int64_t>(number >> 1) ^ -static_cast<std::int64_t>(number & 1);
}

class Packer {
 public:
    /// Seven bits in a byte, the lowest first; the eighth says that there are more.
    void number(std::uint64_t number) {
        for (; number >= 0x80; number >>= 7) byte(static_cast<unsigned>(number & 0x7f) | 0x80);
        byte(static_cast<unsigned>(number));
    }
    void text(const std::string& text) {
        number(text.size());
        bytes.append(text);
    }
    /// What begins as the one before it is written without that beginning.
    void parts(std::span<const Oid::Part> parts, std::vector<Oid::Part>& before) {
        const auto same =
            static_cast<std::size_t>(std::ranges::mismatch(parts, before).in1 - parts.begin());
        number(same);
        number(parts.size() - same);
        for (const Oid::Part part : parts.subspan(same)) number(part);
        before.assign(parts.begin(), parts.end());
    }
    void oid(const Oid& oid) { parts(oid.parts(), last_oid_); }
    void oids(const std::vector<Oid>& all) {
        number(all.size());
        for (const Oid& one : all) oid(one);
    }
    void row(const RowIndex& row) { parts(row, last_row_); }
    void value(const SnmpValue& value) {
        byte(static_cast<unsigned>(value.type) << 3 | static_cast<unsigned>(value.content.index()));
        if (const auto* whole = std::get_if<std::int64_t>(&value.content)) number(folded(*whole));
        if (const auto* whole = std::get_if<std::uint64_t>(&value.content)) number(*whole);
        if (const auto* real = std::get_if<double>(&value.content))
            number(std::bit_cast<std::uint64_t>(*real));
        if (const auto* octets = value.bytes()) text(*octets);
        if (const auto* name = value.oid()) oid(*name);
    }

    /// `before`: what stands at the same place of the row before it; mostly it is the same.
    void datum(const Datum& datum, const Datum* before) {
        if (before != nullptr && *before == datum && present(datum)) return byte(as_before);
        byte(static_cast<unsigned>(datum.index()));
        if (const auto* whole = std::get_if<std::int64_t>(&datum)) number(folded(*whole));
        if (const auto* whole = std::get_if<std::uint64_t>(&datum)) number(*whole);
        if (const auto* real = std::get_if<double>(&datum))
            number(std::bit_cast<std::uint64_t>(*real));
        if (const auto* words = std::get_if<std::string>(&datum)) text(*words);
    }

    std::string bytes;

 private:
    void byte(unsigned byte) { bytes.push_back(static_cast<char>(byte)); }

    std::vector<Oid::Part> last_oid_, last_row_;
};

/// Reads what a Packer wrote, and nothing else: there is no check.
class Unpacker {
 public:
    explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

    std::uint64_t number() {
        std::uint64_t number = 0;
        for (unsigned shift = 0;; shift += 7) {
            const unsigned next = byte();
            number |= static_cast<std::uint64_t>(next & 0x7f) << shift;
            if (next < 0x80) return number;
        }
    }
    std::string text() {
        const auto size = static_cast<std::size_t>(number());
        std::string text(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return text;
    }
    Oid oid() { return Oid(std::span<const Oid::Part>(parts(last_oid_))); }
    std::vector<Oid> oids() {
        std::vector<Oid> all(static_cast<std::size_t>(number()));
        for (Oid& one : all) one = oid();
        return all;
    }
    RowIndex row() { return RowIndex(std::span<const Oid::Part>(parts(last_row_))); }
    SnmpValue value() {
        const unsigned kind = byte();
        return {static_cast<SnmpValue::Type>(kind >> 3), content(kind & 7)};
    }

    Datum datum(const Datum* before) {
        switch (byte()) {
            case 1: return unfolded(number());
            case 2: return number();
            case 3: return std::bit_cast<double>(number());
            case 4: return text();
            case as_before: return *before;
            default: return {};
        }
    }

 private:
    Content content(unsigned kind) {
        switch (kind) {
            case 1: return unfolded(number());
            case 2: return number();
            case 3: return std::bit_cast<double>(number());
            case 4: return text();
            case 5: return oid();
            default: return {};
        }
    }
    const std::vector<Oid::Part>& parts(std::vector<Oid::Part>& before) {
        before.resize(static_cast<std::size_t>(number()));
        for (auto more = number(); more > 0; --more)
            before.push_back(static_cast<Oid::Part>(number()));
        return before;
    }
    unsigned byte() {
        const auto byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        return byte;
    }

    std::string_view rest_;
    std::vector<Oid::Part> last_oid_, last_row_;
};

void pack(const Standing::Table& table, Packer& packer) {
    packer.text(table.name);
    packer.number(table.passing ? 1 : 0);
    packer.oids(table.columns);
    packer.number(table.rows.size());
    for (const RowIndex& row : table.rows) packer.row(row);
}

Standing::Table table_from(Unpacker& packed) {
    Standing::Table table;
    table.name = packed.text();
    table.passing = packed.number() != 0;
    table.columns = packed.oids();
    table.rows.resize(static_cast<std::size_t>(packed.number()));
    for (RowIndex& row : table.rows) row = packed.row();
    return table;
}

// What a rule is, besides numbers.
constexpr unsigned is_anew = 1, where_moves = 2, has_places = 4;

void pack(const RememberedRule& rule, Packer& packer) {
    packer.number((rule.anew ? is_anew : 0) | (rule.where_moves ? where_moves : 0) |
                  (rule.places.empty() ? 0 : has_places));
    if (rule.places.empty()) return;
    packer.number(rule.moving.size());
    for (const std::size_t field : rule.moving) packer.number(field);
    packer.number(rule.places.size());
    packer.number(rule.places.front().data.size());
    const RememberedRule::Place* before = nullptr;
    for (const RememberedRule::Place& place : rule.places) {
        packer.row(place.row);
        for (std::size_t i = 0; i < place.data.size(); ++i)
            packer.datum(place.data[i], before == nullptr ? nullptr : &before->data[i]);
        before = &place;
    }
}

RememberedRule rule_from(Unpacker& packed) {
    const auto flags = packed.number();
    RememberedRule rule;
    rule.anew = (flags & is_anew) != 0;
    rule.where_moves = (flags & where_moves) != 0;
    if ((flags & has_places) == 0) return rule;
    rule.moving.resize(static_cast<std::size_t>(packed.number()));
    for (std::size_t& field : rule.moving) field = static_cast<std::size_t>(packed.number());
    rule.places.resize(static_cast<std::size_t>(packed.number()));
    const auto fields = static_cast<std::size_t>(packed.number());
    const RememberedRule::Place* before = nullptr;
    for (RememberedRule::Place& place : rule.places) {
        place.row = packed.row();
        place.data.resize(fields);
        for (std::size_t i = 0; i < fields; ++i)
            place.data[i] = packed.datum(before == nullptr ? nullptr : &before->data[i]);
        before = &place;
    }
    return rule;
}

}  // namespace

/// The only one that sees how Answers keeps them.
struct AnswersPacking {
    static void pack(const Answers& answers, Packer& packer) {
        packer.number(answers.scalars_.size());
        for (const auto& [name, value] : answers.scalars_) {
            packer.oid(name);
            packer.value(value);
        }
        packer.number(answers.columns_.size());
        for (const auto& [name, cells] : answers.columns_) {
            packer.oid(name);
            packer.number(cells.size());
            for (const auto& cell : cells) {
                packer.row(cell.row);
                packer.value(cell.value);
            }
        }
    }

    static Answers from(Unpacker& packed) {
        Answers answers;
        for (auto scalars = packed.number(); scalars > 0; --scalars) {
            Oid name = packed.oid();
            answers.scalars_.emplace_hint(answers.scalars_.end(), std::move(name), packed.value());
        }
        for (auto columns = packed.number(); columns > 0; --columns) {
            auto& cells = answers.columns_[packed.oid()];
            cells.resize(static_cast<std::size_t>(packed.number()));
            for (auto& cell : cells) {
                cell.row = packed.row();
                cell.value = packed.value();
            }
        }
        return answers;
    }
};

PackedStanding::PackedStanding(const Standing& standing)
    : recognised_(standing.recognised), taken_(standing.taken) {
    Packer packer;
    packer.number(standing.remembered.size());
    for (const RememberedRule& rule : standing.remembered) pack(rule, packer);
    AnswersPacking::pack(standing.fixed, packer);
    packer.oids(standing.scalars);
    packer.number(standing.tables.size());
    for (const Standing::Table& table : standing.tables) pack(table, packer);
    packer.number(standing.marks.size());
    for (const auto& [name, value] : standing.marks) {
        packer.oid(name);
        packer.value(value);
    }
    packer.number(standing.uptime ? folded(standing.uptime->count()) + 1 : 0);
    bytes_ = std::move(packer.bytes);
    bytes_.shrink_to_fit();
}

Standing PackedStanding::unpacked() const {
    Unpacker packed(bytes_);
    Standing standing;
    standing.recognised = recognised_;
    standing.taken = taken_;
    standing.remembered.resize(static_cast<std::size_t>(packed.number()));
    for (RememberedRule& rule : standing.remembered) rule = rule_from(packed);
    standing.fixed = AnswersPacking::from(packed);
    standing.scalars = packed.oids();
    standing.tables.resize(static_cast<std::size_t>(packed.number()));
    for (Standing::Table& table : standing.tables) table = table_from(packed);
    standing.marks.resize(static_cast<std::size_t>(packed.number()));
    for (auto& [name, value] : standing.marks) {
        name = packed.oid();
        value = packed.value();
    }
    if (const auto uptime = packed.number()) standing.uptime = Duration(unfolded(uptime - 1));
    return standing;
}

}  // namespace rounds::core
