#include "core/pattern_steps.hpp"

#include <bitset>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "core/text.hpp"

namespace rounds::core {

namespace {

using Step = Pattern::Step;
using Steps = std::vector<Step>;
using Kind = Step::Kind;
using Bytes = std::bitset<256>;

constexpr std::size_t most_steps = 2000;
constexpr int most_groups = 20;
constexpr int deepest_group = 50;
constexpr int most_repeats = 200;

void add_range(Bytes& bytes, char from, char to) {
    for (std::size_t byte = slot(from); byte <= slot(to); ++byte) bytes.set(byte);
}

/// \d \w \s and their opposites; empty for another letter.
std::optional<Bytes> class_of(char letter) {
    Bytes bytes;
    switch (letter | 0x20) {
        case 'd': add_range(bytes, '0', '9'); break;
        case 's':
            for (const char c : std::string_view(" \t\r\n\f\v")) bytes.set(slot(c));
            break;
        case 'w':
            for (int c = 0; c < 128; ++c)
                bytes.set(static_cast<std::size_t>(c), is_word(static_cast<char>(c)));
            break;
        default: return std::nullopt;
    }
    return (letter & 0x20) != 0 ? bytes : ~bytes;
}

struct Mistake {
    std::string what;
};

/// Recursive descent over the pattern; each part becomes steps that begin at 0 and are moved to their place.
class Parser {
 public:
    explicit Parser(std::string_view text) : rest_(text) {
        if (rest_.starts_with("(?i)")) {
            any_case_ = true;
            rest_.remove_prefix(4);
        }
    }

    Steps whole() {
        Steps steps = either();
        if (!rest_.empty()) throw Mistake{"a ) without its ("};
        return steps;
    }
    [[nodiscard]] std::size_t groups() const { return groups_; }

 private:
    static void append(Steps& steps, const Steps& more) {
        const std::size_t by = steps.size();
        for (Step step : more) {
            if (step.kind == Kind::split || step.kind == Kind::jump) step.first += by;
            if (step.kind == Kind::split) step.second += by;
            steps.push_back(step);
        }
        if (steps.size() > most_steps) throw Mistake{"it is too large; repeat less"};
    }

    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    Steps either() {
        Steps left = sequence();
        while (take('|')) {
            const Steps right = sequence();
            Steps both;
            both.push_back(
                {.kind = Kind::split, .bytes = {}, .first = 1, .second = left.size() + 2});
            append(both, left);
            both.push_back(
                {.kind = Kind::jump, .bytes = {}, .first = left.size() + right.size() + 2});
            append(both, right);
            left = std::move(both);
        }
        return left;
    }

    Steps sequence() {
        Steps steps;
        while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')')
            append(steps, repeated());
        return steps;
    }

    Steps repeated() {
        Steps one = atom();
        while (!rest_.empty()) {
            const auto [least, most] = repeats();
            if (least < 0) break;
            one = repeat(one, least, most, take('?'));
        }
        return one;
    }

    /// {least, most}; most -1: without end; least -1: no repetition stands here.
    std::pair<int, int> repeats() {
        if (take('*')) return {0, -1};
        if (take('+')) return {1, -1};
        if (take('?')) return {0, 1};
        if (!rest_.starts_with('{')) return {-1, -1};
        rest_.remove_prefix(1);
        const int least = number();
        int most = least;
        if (take(',')) most = rest_.starts_with('}') ? -1 : number();
        if (!take('}')) throw Mistake{"a { without its }; write \\{ for the character"};
        if (most >= 0 && most < least) throw Mistake{"a {most} smaller than its least"};
        return {least, most};
    }

    int number() {
        int value = 0;
        const auto [end, failed] =
            std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (failed != std::errc{} || value < 0 || value > most_repeats)
            throw Mistake{fmt::format("a {{ }} that is not {{0}} to {{{}}}", most_repeats)};
        rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
        return value;
    }

    static Step fork(std::size_t inside, std::size_t behind, bool lazy) {
        if (lazy) std::swap(inside, behind);
        return {.kind = Kind::split, .bytes = {}, .first = inside, .second = behind};
    }

    static Steps repeat(const Steps& one, int least, int most, bool lazy) {
        Steps steps;
        for (int i = 0; i < least; ++i) append(steps, one);
        if (most < 0) {
            const std::size_t start = steps.size();
            steps.push_back(fork(start + 1, start + one.size() + 2, lazy));
            append(steps, one);
            steps.push_back({.kind = Kind::jump, .bytes = {}, .first = start});
        }
        for (int i = least; i < most; ++i) {
            const std::size_t start = steps.size();
            steps.push_back(fork(start + 1, start + one.size() + 1, lazy));
            append(steps, one);
        }
        if (steps.size() > most_steps) throw Mistake{"it is too large; repeat less"};
        return steps;
    }

    Steps atom() {
        const char c = rest_.front();
        rest_.remove_prefix(1);
        switch (c) {
            case '(': return group();
            case '[': return {of_bytes(set())};
            case '.': {
                Bytes all;
                all.set();
                all.reset(slot('\n'));
                return {of_bytes(all)};
            }
            case '^': return {{.kind = Kind::begin, .bytes = {}}};
            case '$': return {{.kind = Kind::end, .bytes = {}}};
            case '\\': return escaped();
            case '*':
            case '+':
            case '?': throw Mistake{fmt::format("a {} with nothing to repeat", c)};
            default: return {of_char(c)};
        }
    }

    Steps group() {
        const bool counted = !rest_.starts_with("?:");
        if (!counted) rest_.remove_prefix(2);
        if (rest_.starts_with('?')) throw Mistake{"a (? that is not (?: or (?i) at the beginning"};
        if (++depth_ > deepest_group) throw Mistake{"groups too deep in each other"};
        Steps steps;
        const std::size_t number = counted ? ++groups_ : 0;
        if (groups_ > most_groups) throw Mistake{"more than 20 groups; write (?: )"};
        if (counted) steps.push_back({.kind = Kind::save, .bytes = {}, .first = 2 * number});
        append(steps, either());
        if (!take(')')) throw Mistake{"a ( without its )"};
        if (counted) steps.push_back({.kind = Kind::save, .bytes = {}, .first = 2 * number + 1});
        --depth_;
        return steps;
    }

    Steps escaped() {
        if (rest_.empty()) throw Mistake{"a \\ at its end"};
        const char c = rest_.front();
        rest_.remove_prefix(1);
        if (c == 'b') return {{.kind = Kind::word_edge, .bytes = {}}};
        if (const auto bytes = class_of(c)) return {of_bytes(*bytes)};
        return {of_char(literal(c))};
    }

    static char literal(char c) {
        if (c == 'n') return '\n';
        if (c == 't') return '\t';
        if (c == 'r') return '\r';
        if (is_word(c)) throw Mistake{fmt::format("\\{} is not known here", c)};
        return c;
    }

    Bytes set() {
        Bytes bytes;
        const bool none_of = take('^');
        bool first = true;
        while (first || !rest_.starts_with(']')) {
            if (rest_.empty()) throw Mistake{"a [ without its ]"};
            first = false;
            add_member(bytes);
        }
        rest_.remove_prefix(1);
        bytes = with_case(bytes);
        return none_of ? ~bytes : bytes;
    }

    void add_member(Bytes& bytes) {
        char from = rest_.front();
        rest_.remove_prefix(1);
        if (from == '\\') {
            if (rest_.empty()) throw Mistake{"a \\ at its end"};
            const char c = rest_.front();
            rest_.remove_prefix(1);
            if (const auto whole = class_of(c)) {
                bytes |= *whole;
                return;
            }
            from = literal(c);
        }
        char to = from;
        if (rest_.size() >= 2 && rest_.front() == '-' && rest_[1] != ']') {
            to = rest_[1];
            rest_.remove_prefix(2);
            if (slot(to) < slot(from)) throw Mistake{"a range in [ ] that runs backwards"};
        }
        add_range(bytes, from, to);
    }

    [[nodiscard]] Bytes with_case(Bytes bytes) const {
        if (!any_case_) return bytes;
        for (std::size_t upper = 'A'; upper <= 'Z'; ++upper) {
            const bool either = bytes[upper] || bytes[upper | 0x20];
            bytes.set(upper, either);
            bytes.set(upper | 0x20, either);
        }
        return bytes;
    }

    static Step of_bytes(const Bytes& bytes) { return {.kind = Kind::bytes, .bytes = bytes}; }
    [[nodiscard]] Step of_char(char c) const {
        Bytes bytes;
        bytes.set(slot(c));
        return of_bytes(with_case(bytes));
    }

    std::string_view rest_;
    bool any_case_ = false;
    std::size_t groups_ = 0;
    int depth_ = 0;
};

}  // namespace

Result<PatternSteps> steps_of(std::string_view pattern) {
    try {
        Parser parser(pattern);
        const Steps inside = parser.whole();
        PatternSteps all;
        all.steps.push_back({.kind = Kind::save, .bytes = {}, .first = 0});
        for (Step step : inside) {
            if (step.kind == Kind::split || step.kind == Kind::jump) ++step.first;
            if (step.kind == Kind::split) ++step.second;
            all.steps.push_back(step);
        }
        all.steps.push_back({.kind = Kind::save, .bytes = {}, .first = 1});
        all.steps.push_back({.kind = Kind::match, .bytes = {}});
        all.slots = 2 * (parser.groups() + 1);
        return all;
    } catch (const Mistake& mistake) {
        return Error{Error::Kind::invalid_input, fmt::format("\"{}\" is not a pattern: {}",
                                                             printable(pattern, 60), mistake.what)};
    }
}

}  // namespace rounds::core
