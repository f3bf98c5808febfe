// A walk over columns side by side, as a fold over answers. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "ports/snmp_port.hpp"
#include "probes/snmp/inquiry.hpp"

namespace rounds::probes {

/// What was learned about how an agent likes to be walked; kept from walk to walk.
struct WalkHabits {
    bool bulk = true;     ///< False: it does not know GETBULK.
    bool proven = false;  ///< It has answered a GETBULK.
    int repetitions =
        5;  ///< That it answered well; a poll may hurt a weak agent, so it begins small.
    int most_repetitions = 100;  ///< More were too big for it.
    friend bool operator==(const WalkHabits&, const WalkHabits&) = default;
};

class ColumnWalk final : public Inquiry {
 public:
    static constexpr std::size_t most_columns = 24;  ///< In one question.
    static constexpr std::size_t most_variables =
        96;  ///< In one answer: about two Ethernet frames.

    struct Limits {
        std::size_t variables = 50'000;
        int repetitions = 20;
    };
    ColumnWalk(std::vector<core::Oid> columns, Limits limits, WalkHabits habits);

    Question ask(int attempt) override;
    [[nodiscard]] bool fits(const Answer& answer) const override;
    void hear(const Answer& answer) override;
    [[nodiscard]] bool over() const override;

    /// No attempt was answered. True: there is another way to ask, a last one (one column, GETNEXT).
    bool silent();
    /// Is what ask() says that last way?
    [[nodiscard]] bool last_way() const { return last_way_; }
    /// Ends it from outside.
    void stop(ports::SnmpTable::End end, std::optional<core::SnmpTrouble> trouble = {});

    [[nodiscard]] const WalkHabits& habits() const { return habits_; }
    [[nodiscard]] ports::SnmpTable take() { return std::move(table_); }

 private:
    using End = ports::SnmpTable::End;
    struct Column {
        core::Oid root;
        bool done = false;
    };

    [[nodiscard]] bool bulk() const { return use_bulk_ && !last_way_; }
    [[nodiscard]] int repetitions(int attempt) const;
    /// Of the column, the name that was told last; the root at first.
    [[nodiscard]] const core::Oid& last(std::size_t column) const;
    void take_rows(const Answer& answer);
    void take_variable(std::size_t column, const VariableView& variable);
    void learn_from(const Answer& answer);
    void refuse(const Answer& answer);
    void too_big();
    void fail(std::size_t column, core::SnmpTrouble trouble);
    void note(End end);

    std::vector<Column> columns_;
    Limits limits_;
    WalkHabits habits_;
    ports::SnmpTable table_;
    std::size_t count_ = 0;
    std::size_t width_ = most_columns;
    bool use_bulk_ = true;
    bool last_way_ = false;
    bool stopped_ = false;

    // What ask() said last.
    std::vector<std::size_t> asked_;
    int asked_repetitions_ = 1;  ///< At the first attempt.
    int attempt_ = 0;            ///< The last one.
};

}  // namespace rounds::probes
