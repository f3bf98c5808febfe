// A round added up.
#include <array>

#include "core/round.hpp"
#include "core/words.hpp"

namespace rounds::core {

namespace {

constexpr auto overalls = std::to_array<Word<Overall>>({
    {Overall::normal, "normal"},
    {Overall::mostly_normal, "mostly-normal"},
    {Overall::abnormal, "abnormal"},
});

}  // namespace

void Tally::add(Verdict verdict) {
    if (verdict == Verdict::maintenance) {
        ++maintenance;
        return;
    }
    ++due;
    switch (verdict) {
        case Verdict::ok: ++ok; break;
        case Verdict::warning: ++warning; break;
        case Verdict::critical: ++critical; break;
        case Verdict::off: ++off; break;
        case Verdict::unknown:
        case Verdict::missed: ++missed; return;
        case Verdict::maintenance: break;  // Counted above.
    }
    ++done;
}

std::string_view word(Overall overall) {
    return word_in(overalls, overall);
}

Overall overall(const Tally& tally, bool grave_open, bool light_open) {
    if (tally.critical > 0 || grave_open) return Overall::abnormal;
    if (tally.warning > 0 || tally.missed > 0 || light_open) return Overall::mostly_normal;
    return Overall::normal;
}

}  // namespace rounds::core
