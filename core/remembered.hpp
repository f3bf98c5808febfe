// What of a reading stays until all is read anew: a look at what moves evaluates what moves, and nothing else.
#pragma once

#include <set>
#include <vector>

#include "core/answers.hpp"
#include "core/moving.hpp"
#include "core/profile.hpp"
#include "core/transform.hpp"

namespace rounds::core {

/// One rule of a profile.
struct RememberedRule {
    /// Where it told something or may tell something now: a row of its table, or (without one) its scalars.
    struct Place {
        RowIndex row;
        std::vector<Datum>
            data;  ///< By the numbers of fields_of(); what is evaluated anew has no value here.
        friend bool operator==(const Place&, const Place&) = default;
    };
    /// Its rows come and go, or are put into groups: nothing is remembered, it is read as in a whole look.
    bool anew = false;
    bool where_moves = false;         ///< What Rule::where asks for is asked again.
    std::vector<std::size_t> moving;  ///< Numbers in Rule::fields: evaluated anew at each place.
    std::vector<Place> places;        ///< None: it has nothing to tell until all is read anew.
    friend bool operator==(const RememberedRule&, const RememberedRule&) = default;
};

/// All rules of a profile: module by module, in their order.
using Remembered = std::vector<RememberedRule>;

/// Makes what is remembered of a whole look. Refers to what outlives it.
class Remembering {
 public:
    /// `asked_again`: scalars and columns that every look asks for and that may have changed when it goes on.
    Remembering(const Answers& answers, const FromGb18030& decode, const std::set<Oid>& asked_again)
        : answers_(answers), decode_(decode), asked_again_(asked_again) {}

    /// The modules of the profile, in their order.
    void add(const Moving& moving);

    [[nodiscard]] Remembered remembered() && { return std::move(remembered_); }
    /// Which scalars and columns are still looked at when what moves is evaluated.
    [[nodiscard]] const std::set<Oid>& needed() const { return needed_; }

 private:
    class OneModule;

    const Answers& answers_;
    const FromGb18030& decode_;
    const std::set<Oid>& asked_again_;
    Remembered remembered_;
    std::set<Oid> needed_;
};

/// Of all rules together.
[[nodiscard]] std::size_t places_in(const Remembered& remembered);

/// Takes away these rows (in order) of every rule over the table.
void forget_rows(Remembered& remembered, const Profile& profile, const Oid& entry,
                 std::span<const RowIndex> rows);

}  // namespace rounds::core
