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
using Beginning = Pattern::Beginning;

bool is_edge(Kind kind, std::string_view text, std::size_t at) {
    if (kind == Kind::begin) return at == 0;
    if (kind == Kind::end) return at == text.size();
    const bool before = at > 0 && is_word(text[at - 1]);
    const bool behind = at < text.size() && is_word(text[at]);
    return before != behind;
}

/// What the steps can begin with, leaving out what is behind a ^ unless `past_begin`.
Beginning beginning_of(const Steps& steps, bool past_begin) {
    Beginning beginning;
    std::vector<std::size_t> todo{0};
    std::vector<bool> seen(steps.size());
    while (!todo.empty()) {
        const std::size_t at = todo.back();
        todo.pop_back();
        if (seen[at]) continue;
        seen[at] = true;
        const Step& step = steps[at];
        switch (step.kind) {
            case Kind::bytes: beginning.bytes |= step.bytes; break;
            case Kind::match: beginning.anywhere = true; break;
            case Kind::split: todo.push_back(step.second); [[fallthrough]];
            case Kind::jump: todo.push_back(step.first); break;
            case Kind::begin:
                if (past_begin) todo.push_back(at + 1);
                break;
            case Kind::save:
            case Kind::end:
            case Kind::word_edge: todo.push_back(at + 1); break;
        }
    }
    return beginning;
}

Beginning beginning_of(const Steps& steps) {
    Beginning beginning = beginning_of(steps, true);
    const Beginning elsewhere = beginning_of(steps, false);
    beginning.at_start = elsewhere.bytes.none() && !elsewhere.anywhere;
    return beginning;
}

/// Says whether there is a match at all, which most often there is not: without the slots of groups, and in memory that
/// is kept from text to text.
class Search {
 public:
    bool run(const Steps& steps, const Beginning& beginning, std::string_view text) {
        steps_ = &steps;
        text_ = text;
        seen_.assign(steps.size(), nowhere);
        here_.clear();
        for (std::size_t at = 0; at <= text.size(); ++at) {
            const bool fits =
                beginning.anywhere || (at < text.size() && beginning.bytes[slot(text[at])]);
            if (fits && (at == 0 || !beginning.at_start) && follow(0, at)) return true;
            if (here_.empty() && beginning.at_start) return false;
            if (at == text.size()) return false;
            std::swap(threads_, here_);
            here_.clear();
            for (const std::size_t thread : threads_) {
                if (steps[thread].bytes[slot(text[at])] && follow(thread + 1, at + 1)) return true;
            }
        }
        return false;
    }

 private:
    /// Everything that is reached without taking a byte. True: the match.
    bool follow(std::size_t start, std::size_t at) {
        todo_.assign(1, start);
        while (!todo_.empty()) {
            const std::size_t thread = todo_.back();
            todo_.pop_back();
            if (std::exchange(seen_[thread], at) == at) continue;
            const Step& step = (*steps_)[thread];
            switch (step.kind) {
                case Kind::bytes: here_.push_back(thread); break;
                case Kind::match: return true;
                case Kind::split: todo_.push_back(step.second); [[fallthrough]];
                case Kind::jump: todo_.push_back(step.first); break;
                case Kind::save: todo_.push_back(thread + 1); break;
                case Kind::begin:
                case Kind::end:
                case Kind::word_edge:
                    if (is_edge(step.kind, text_, at)) todo_.push_back(thread + 1);
                    break;
            }
        }
        return false;
    }

    const Steps* steps_ = nullptr;
    std::string_view text_;
    std::vector<std::size_t> seen_;  ///< By step: the last place at which it was reached.
    std::vector<std::size_t> here_, threads_, todo_;
};

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
                    if (is_edge(step.kind, text_, at))
                        todo.push_back({thread.step + 1, std::move(thread.slots)});
                    break;
                case Kind::bytes:
                case Kind::match: here_.push_back(std::move(thread)); break;
            }
        }
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
    pattern.beginning_ = beginning_of(pattern.steps_);
    return pattern;
}

bool Pattern::matches(std::string_view text) const {
    static thread_local Search search;
    return search.run(steps_, beginning_, text);
}

std::optional<Pattern::Groups> Pattern::find(std::string_view text) const {
    if (!matches(text)) return std::nullopt;
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
