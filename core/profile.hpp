// Device knowledge, compiled: what config makes of profiles/*.yaml, and core evaluates.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/device.hpp"
#include "core/fact_fields.hpp"
#include "core/oid.hpp"
#include "core/pattern.hpp"
#include "core/transform.hpp"

namespace rounds::core {

/// An object of a MIB: a scalar's instance, or a column of a table.
struct MibObject {
    std::string name;  ///< As in the MIB: "ifHCInOctets".
    Oid oid;           ///< Of a scalar with its .0; of a column without a row. May be is_own().
    int table = -1;    ///< Number in Module::tables; -1: a scalar.
    friend bool operator==(const MibObject&, const MibObject&) = default;
};

/// OIDs that begin with the device's own sysObjectID: a first part of own_mark + N stands for that one's first N
/// parts. So one module reads all models of a vendor who has one tree for each.
inline constexpr Oid::Part own_mark = 0xffff'ff00;
[[nodiscard]] bool is_own(const Oid& oid);
/// The OID itself. Empty when the device's has fewer parts than are needed, or it would be longer than any OID.
[[nodiscard]] Oid resolved(const Oid& oid, const Oid& sys_object_id);

/// A number in Module::objects.
using ObjectNumber = std::size_t;

/// One thing that must hold. Of an object without a value nothing holds that asks for one: only `present: false`,
/// and what is merely to be none of some (is_not, no_match).
struct Requirement {
    ObjectNumber of = 0;
    std::optional<std::size_t> index;  ///< Instead of an object: a part of the row's index, from 1.
    std::vector<std::string> is;       ///< One of these, as written; empty: not asked for.
    std::vector<std::string> is_not;   ///< None of these.
    std::optional<Pattern> match, no_match;
    std::optional<double> above;  ///< More than.
    std::optional<double> below;  ///< Less than.
    std::optional<bool> present;  ///< Has it a value?
    /// With Choice::in: the same value as this has in the rule's own row.
    std::optional<ObjectNumber> equals;
    /// Nothing else is asked for than that an object is above or below.
    [[nodiscard]] bool is_of_number_alone() const {
        return (above || below) && !index && is.empty() && is_not.empty() && !match && !no_match &&
               !present && !equals;
    }
    friend bool operator==(const Requirement&, const Requirement&) = default;
};

/// A number, or an object that has one.
using Operand = std::variant<double, ObjectNumber>;

/// What stands before and behind an object in a template: "{lldpRemSysName} ({lldpRemPortId})".
struct TextPart {
    std::string text;  ///< Before the object.
    std::optional<ObjectNumber> then;
    const Transform* as = nullptr;  ///< Of `then`; takes one object.
    std::optional<std::size_t>
        index;  ///< Instead of an object: a part of the row's index, from 1: "Fan {2}".
    bool index_text = false;  ///< The text that begins there, as Choice::index_text: "{1:text}".
    friend bool operator==(const TextPart&, const TextPart&) = default;
};

/// How several rows become one value.
enum class Fold { first, sum, largest, smallest, average, count };

/// A part of an index: a position in this row's own, from 1, or an object's value; and a number added to it.
struct IndexPart {
    std::size_t position = 0;  ///< 0: the object's.
    ObjectNumber object = 0;
    std::int64_t plus = 0;
};

/// One way to a value. From the source (`of`, `text`, `constant` or `index`) the steps are taken in the order in which they
/// stand here; a step that cannot be taken (no number, no match, no operand) leaves no value.
struct Choice {
    std::vector<ObjectNumber> of;  ///< More than one only with `as`.
    std::vector<TextPart> text;    ///< Without a value when none of its objects has one.
    std::optional<Datum> constant;
    std::optional<std::size_t> index;  ///< A part of the row's index, from 1.
    /// The text that the index holds from this part on, an octet in each: as long as the part says
    /// (RFC 2578, 7.7), or (IMPLIED) the rest of it when that cannot be.
    std::optional<std::size_t> index_text;
    /// Looked for in the rows of this table. Objects of the rule's own table are still those of its row.
    std::optional<int> in;
    std::vector<IndexPart> under;  ///< With `in`: only rows whose index begins so; empty: all.
    Fold fold = Fold::first;
    std::vector<Requirement> where;  ///< Of the row; of each row with `in`.
    std::vector<double> absent;      ///< Numbers that say that there is none: -1, 65535.
    const Transform* as = nullptr;
    std::optional<Pattern> match;  ///< Its first group, or the whole.
    int base = 0;                  ///< Read as a number in this base (2 to 16); 0: as it is.
    std::map<std::string, std::string, std::less<>> map;  ///< Empty: as it is. Other values: none …
    bool map_rest = false;                                ///< … or as they are.
    std::optional<Operand> less, times, over, plus, out_of;  ///< out_of: percent of that.
    std::optional<std::pair<double, double>> within;         ///< What is outside is no value.
};

/// The first choice that gives a value.
using Expression = std::vector<Choice>;

/// How the row of another table is found from a row; without one the index is the same.
struct Join {
    int table = 0;
    std::vector<IndexPart> index;  ///< Of that row.
    /// Not the index itself, but the row in which this column has the (single) value.
    std::optional<ObjectNumber> column;
};

/// What a value of a state means.
struct StateWord {
    std::string word;
    Verdict severity = Verdict::unknown;
    friend bool operator==(const StateWord&, const StateWord&) = default;
};

/// One fact for each row of a table, or one from scalars.
struct Rule {
    FactKind kind = FactKind::device;
    std::optional<int> each;  ///< Table.
    std::vector<Join> joins;
    std::vector<Requirement> where;
    /// Not one fact for each row, but for all rows together that have the same value of this; the first stands for
    /// them, and what is looked for in the table itself is looked for in them. Empty: each row for itself.
    Expression per;
    bool passing = false;   ///< Rows of `each` come and go: alarms, lines of a display.
    bool fallback = false;  ///< Only where nothing before gave a fact of this kind.
    std::vector<std::pair<std::size_t, Expression>> fields;
    std::map<std::string, Verdict, std::less<>> severities;  ///< Of `states` that tell their word.
    std::map<std::int64_t, StateWord> states;  ///< Of `states`: by value. Others: unknown.
    std::map<std::size_t, StateWord>
        bits;  ///< Of `states`: by bit, the most significant of the first octet is 0.
};

/// One file of knowledge, complete in itself: every object it needs is named in it.
struct Module {
    struct Table {
        std::string name;
        Oid entry;
        std::vector<ObjectNumber> columns;
        friend bool operator==(const Table&, const Table&) = default;
    };
    std::string name;   ///< Of its file: "if-mib".
    std::string title;  ///< For people; English.
    std::vector<Table> tables;
    std::vector<MibObject> objects;  ///< Only those that a rule needs.
    /// Asked first, together; when none of them has any value, nothing else is asked. Empty: always asked.
    std::vector<ObjectNumber> only_if;
    /// Scalars; when one of them has another value than before, rows may stand for other things than before.
    std::vector<ObjectNumber> changed_by;
    std::vector<Rule> rules;
    ItemLimits limits;
};

/// How a device is known. Both must match; at least one is there.
struct Recogniser {
    Oid sys_object_id;                 ///< A beginning of it; empty: any.
    std::optional<Pattern> sys_descr;  ///< Found in it.
    std::string vendor;                ///< Empty: not told by this.
    std::optional<DeviceClass> device_class;
};

/// The modules of a profile, made when they are first asked for. Copies share them. Any thread.
class Modules {
 public:
    using List = std::vector<std::shared_ptr<const Module>>;
    Modules() : Modules(List()) {}
    explicit Modules(List made);
    explicit Modules(std::function<List()> make);

    [[nodiscard]] const List& list() const;
    /// As one device has them: OIDs that are is_own() are resolved, and modules whose cannot be are left out. These same
    /// ones when nothing is its own. Devices with the same sysObjectID share what is made, as long as one of them has it.
    [[nodiscard]] Modules of_device(const Oid& sys_object_id) const;

    [[nodiscard]] auto begin() const { return list().begin(); }
    [[nodiscard]] auto end() const { return list().end(); }
    friend bool operator==(const Modules& a, const Modules& b) { return a.kept_ == b.kept_; }

 private:
    struct Kept;
    explicit Modules(std::shared_ptr<Kept> kept) : kept_(std::move(kept)) {}
    std::shared_ptr<Kept> kept_;
};

/// A kind of devices: the modules that read it. What stands first counts first: the special word before the general.
struct Profile {
    std::string name, title;
    std::vector<Recogniser> recognisers;
    Modules modules;  ///< Its own first, then those it uses.
};

/// Everything that is known. Never empty of the generic profile.
struct Profiles {
    std::vector<Profile> all;  ///< The user's own before the shipped ones, each by name.
    std::size_t generic = 0;   ///< For devices that no profile recognises.
};

/// The profile of a device, and by which of its recognisers; null: the generic one's, by none.
struct Recognised {
    const Profile* profile = nullptr;
    const Recogniser* by = nullptr;
    std::shared_ptr<const Profile> own = nullptr;  ///< Where `profile` is one made for this device.
};

/// Their OIDs that are is_own() are resolved; modules whose cannot be are left out. A recogniser with a pattern beats one without; then the longer sys_object_id; then the profile that stands first.
[[nodiscard]] Recognised recognise(const Profiles& profiles, const Oid& sys_object_id,
                                   std::string_view sys_descr);

/// The limits of all its modules; of two that have one for the same item the first counts.
[[nodiscard]] ItemLimits limits_of(const Profile& profile);

}  // namespace rounds::core
