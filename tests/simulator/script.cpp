#include "tests/simulator/script.hpp"

namespace rounds::simulator {

EchoManner changed(EchoManner manner, const EchoChange& change) {
    manner.silent = change.silent.value_or(manner.silent);
    manner.latency = change.latency.value_or(manner.latency);
    manner.jitter = change.jitter.value_or(manner.jitter);
    manner.loss = change.loss.value_or(manner.loss);
    manner.duplicates = change.duplicates.value_or(manner.duplicates);
    return manner;
}

}  // namespace rounds::simulator
