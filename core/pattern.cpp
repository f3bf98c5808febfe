#include "core/pattern.hpp"

#include <utility>

#include "core/pattern_steps.hpp"

namespace rounds::core {

namespace {

using Step = Pattern::Step;
using Steps = std::vector<Step>;
using Kind = Step::Kind;

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
using Slots = std::vector<std::size_t>;

/// All the places where the machine stands at once, best first.
class Machine {
 public:
    Machine(const Steps& steps, std::size_t slots, std::string_view text)
        : steps_(steps), slots_(slots), text_(text), seen_(steps.size(), nowhere) {}

    std::optional<Slots> run() {
        for (std::size_t at = 0; at <= text_.size(); ++at) {
            if (!found_) follow(0, Slots(slots_, nowhere), at);
            if (here_.empty() && found_) break;
            advance(at);
            std::swap(here_, next_);
            next_.clear();
        }
        return found_;
    }

 private:
    struct Thread {
        std::size_t step;
        Slots slots;
    };

    /// Everything that is reached without taking a byte, in order of preference; on a stack of its own.
    void follow(std::size_t start, Slots slots, std::size_t at) {
        std::vector<Thread> todo;
        todo.push_back({start, std::move(slots)});
        while (!todo.empty()) {
            Thread thread = std::move(todo.back());
            todo.pop_back();
            if (seen_[thread.step] == at) continue;
            seen_[thread.step] = at;
            const Step& step = steps_[thread.step];
            switch (step.kind) {
                case Kind::jump: todo.push_back({step.first, std::move(thread.slots)}); break;
                case Kind::split:
                    todo.push_back({step.second, thread.slots});
                    todo.push_back({step.first, std::move(thread.slots)});
                    break;
                case Kind::save:
                    thread.slots[step.first] = at;
                    todo.push_back({thread.step + 1, std::move(thread.slots)});
                    break;
                case Kind::begin:
                case Kind::end:
                case Kind::word_edge:
                    if (holds(step.kind, at))
                        todo.push_back({thread.step + 1, std::move(thread.slots)});
                    break;
                case Kind::bytes:
                case Kind::match: here_.push_back(std::move(thread)); break;
            }
        }
    }

    [[nodiscard]] bool holds(Kind kind, std::size_t at) const {
        if (kind == Kind::begin) return at == 0;
        if (kind == Kind::end) return at == text_.size();
        const bool before = at > 0 && is_word(text_[at - 1]);
        const bool behind = at < text_.size() && is_word(text_[at]);
        return before != behind;
    }

    void advance(std::size_t at) {
        std::vector<Thread> threads = std::exchange(here_, {});
        for (Thread& thread : threads) {
            const Step& step = steps_[thread.step];
            if (step.kind == Kind::match) {
                found_ = std::move(thread.slots);
                break;  // What follows is less preferred.
            }
            if (at < text_.size() && step.bytes[slot(text_[at])])
                follow(thread.step + 1, std::move(thread.slots), at + 1);
        }
        next_ = std::exchange(here_, {});
    }

    const Steps& steps_;
    std::size_t slots_;
    std::string_view text_;
    std::vector<std::size_t> seen_;  ///< By step: the last place at which it was reached.
    std::vector<Thread> here_, next_;
    std::optional<Slots> found_;
};

}  // namespace

Result<Pattern> Pattern::parse(std::string_view text) {
    auto all = steps_of(text);
    if (!all) return all.error();
    Pattern pattern;
    pattern.text_ = text;
    pattern.steps_ = std::move(all->steps);
    pattern.slots_ = all->slots;
    return pattern;
}

std::optional<Pattern::Groups> Pattern::find(std::string_view text) const {
    const auto slots = Machine(steps_, slots_, text).run();
    if (!slots) return std::nullopt;
    Groups groups;
    for (std::size_t i = 0; i + 1 < slots->size(); i += 2) {
        const std::size_t from = (*slots)[i];
        const std::size_t until = (*slots)[i + 1];
        if (from == nowhere || until == nowhere) {
            groups.emplace_back(std::nullopt);
        } else {
            groups.emplace_back(text.substr(from, until - from));
        }
    }
    return groups;
}

}  // namespace rounds::core
