// A GET of any number of names, in as many questions as the agent needs. Pure.
#pragma once

#include <optional>
#include <vector>

#include "probes/snmp/inquiry.hpp"

namespace rounds::probes {

class GetRun final : public Inquiry {
 public:
    /// Small enough for one datagram of 1,500 bytes with short values.
    static constexpr std::size_t usual_names_at_once = 40;

    explicit GetRun(std::vector<core::Oid> names, std::size_t at_once = usual_names_at_once);

    Question ask(int attempt) override;
    [[nodiscard]] bool fits(const Answer& answer) const override;
    void hear(const Answer& answer) override;
    [[nodiscard]] bool over() const override { return stopped_ || pending_.empty(); }

    /// Once over: why there are no values. Empty when the agent gave at least one name its due; a name that it
    /// refused among others is null.
    [[nodiscard]] std::optional<core::SnmpTrouble> trouble() const;
    /// Once over and without trouble: one for each name, in order.
    [[nodiscard]] std::vector<core::SnmpVariable> take() { return std::move(variables_); }

 private:
    [[nodiscard]] std::size_t asked() const;
    void take_values(const Answer& answer);
    void refuse(const Answer& answer);
    void settle(std::size_t nth, core::SnmpValue::Type type);

    std::vector<core::SnmpVariable> variables_;
    std::vector<std::size_t> pending_;  ///< Places in variables_ that have no answer yet.
    std::size_t usual_;                 ///< As many at once, less after tooBig.
    std::size_t at_once_;               ///< Fewer while a missing name is looked for.
    bool answered_ = false;
    bool stopped_ = false;
    std::optional<core::SnmpTrouble> refusal_;
};

}  // namespace rounds::probes
