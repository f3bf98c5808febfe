// A datagram in, a datagram out.
#pragma once

#include "tests/simulator/snmp/usm_engine.hpp"

namespace rounds::simulator {

/// The agents of all devices of an office.
class SnmpAgents {
 public:
    /// What the subject answers; empty for silence: not for its community, no SNMP, or its faults say so. Counts an
    /// answer in `state`, which is the subject's.
    probes::Bytes answer(const Subject& subject, SnmpState& state, probes::ByteView datagram);

 private:
    probes::Bytes made(const Subject& subject, probes::ByteView datagram);
    UsmEngine engine_;
};

}  // namespace rounds::simulator
