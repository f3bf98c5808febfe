// What the engine sends for somebody, and whether what comes back can be the answer.
#pragma once

#include "probes/snmp/pdu.hpp"

namespace rounds::probes {

/// One question at a time; a fold over the answers.
class Inquiry {
 public:
    virtual ~Inquiry() = default;
    /// The question now; `attempt` counts from 0 what was sent for it. Later attempts may ask for less.
    virtual Question ask(int attempt) = 0;
    /// Can this be the answer to what ask() said last, at any attempt? Else it is nonsense.
    [[nodiscard]] virtual bool fits(const Answer& answer) const = 0;
    /// Takes an answer that fits.
    virtual void hear(const Answer& answer) = 0;
    [[nodiscard]] virtual bool over() const = 0;
};

}  // namespace rounds::probes
