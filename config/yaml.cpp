#include "config/yaml.hpp"

#include <algorithm>
#include <new>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <yaml.h>

#include "config/written_text.hpp"
#include "core/text.hpp"

namespace rounds::config {

namespace {

/// Thrown where going on makes no sense; the problem is already noted.
struct Stop {};

std::string_view text_of(const yaml_char_t* text) {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

/// Is a word without quotes none at all?
bool is_nothing(std::string_view word) {
    return word.empty() || word == "~" || word == "null" || word == "Null" || word == "NULL";
}

/// Builds the tree from the parser's events. Events, not a ready document: only they tell duplicate keys, and an
/// alias can be refused before it multiplies.
class Builder {
 public:
    Builder(int file, Problems& problems) : file_(file), problems_(problems) {}

    [[nodiscard]] Place place(const yaml_mark_t& mark) const {
        return {file_, static_cast<int>(mark.line) + 1, static_cast<int>(mark.column) + 1};
    }

    void take_in(const yaml_event_t& event) {
        const Place at = place(event.start_mark);
        switch (event.type) {
            case YAML_DOCUMENT_START_EVENT: return begin_document(at);
            case YAML_ALIAS_EVENT:
                refuse_anchor(at);
                return put({.kind = Node::Kind::nothing, .at = at});
            case YAML_SCALAR_EVENT: return put_scalar(event, at);
            case YAML_SEQUENCE_START_EVENT:
                if (event.data.sequence_start.anchor != nullptr) refuse_anchor(at);
                refuse_tag(at, text_of(event.data.sequence_start.tag));
                return begin(Node::Kind::list, at);
            case YAML_MAPPING_START_EVENT:
                if (event.data.mapping_start.anchor != nullptr) refuse_anchor(at);
                refuse_tag(at, text_of(event.data.mapping_start.tag));
                return begin(Node::Kind::map, at);
            case YAML_SEQUENCE_END_EVENT:
            case YAML_MAPPING_END_EVENT: return end();
            default: return;
        }
    }

    [[nodiscard]] std::optional<Node> take() { return std::exchange(root_, std::nullopt); }

 private:
    /// A list or map that is not closed yet, with the key its parent waits for it under.
    struct Open {
        Node node;
        std::optional<std::string> key;
        Place key_at;
        std::unordered_map<std::string, Place> keys;  ///< Of a map: where each was set.
    };

    void begin_document(Place at) {
        if (++documents_ == 1) return;
        problems_.add(
            at, "a second document (---) is not read; put it in a file of its own under conf.d");
        throw Stop{};
    }

    void put_scalar(const yaml_event_t& event, Place at) {
        const auto& scalar = event.data.scalar;
        if (scalar.anchor != nullptr) refuse_anchor(at);
        refuse_tag(at, text_of(scalar.tag));
        std::string text(reinterpret_cast<const char*>(scalar.value), scalar.length);
        if (scalar.style == YAML_PLAIN_SCALAR_STYLE && is_nothing(text)) {
            // The mark of an empty value is where the next thing begins; the key is a better place.
            put({.kind = Node::Kind::nothing, .at = key_ ? key_at_ : at});
        } else {
            put({.kind = Node::Kind::scalar, .at = at, .text = std::move(text)});
        }
    }

    void refuse_anchor(Place at) {
        problems_.add(
            at,
            "anchors and aliases (&name, *name) are not known here; write the value out, or "
            "set it once for all devices of a class under classes");
    }

    void refuse_tag(Place at, std::string_view tag) {
        if (tag.empty() || tag == "!") return;
        problems_.add(at, fmt::format("tags such as {} are not known here; take it out",
                                      core::printable(tag, 60)));
    }

    void begin(Node::Kind kind, Place at) {
        if (open_.size() == deepest) {
            problems_.add(
                at, fmt::format("nested deeper than {} levels; nothing in Rounds is", deepest));
            throw Stop{};
        }
        if (!open_.empty() && open_.back().node.kind == Node::Kind::map && !key_) {
            problems_.add(at, fmt::format("a key must be a word, not {}", describe(kind)));
            throw Stop{};
        }
        open_.push_back({.node = {.kind = kind, .at = at},
                         .key = std::exchange(key_, std::nullopt),
                         .key_at = key_at_,
                         .keys = {}});
    }

    void end() {
        Open done = std::move(open_.back());
        open_.pop_back();
        key_ = std::move(done.key);
        key_at_ = done.key_at;
        put(std::move(done.node));
    }

    /// A finished value goes where it belongs: it is a key, a map's value, a list's item or the root.
    void put(Node node) {
        if (open_.empty()) {
            root_ = std::move(node);
        } else if (open_.back().node.kind == Node::Kind::list) {
            open_.back().node.items.push_back(std::move(node));
        } else if (!key_) {
            if (node.text == "<<") {
                problems_.add(
                    node.at,
                    "merge keys (<<) are not known here; write the keys out, or set them once for "
                    "all devices of a class under classes");
            }
            key_at_ = node.at;
            key_ = std::move(node.text);
        } else {
            put_entry(std::move(node));
        }
    }

    void put_entry(Node node) {
        Open& map = open_.back();
        const auto [first, is_new] = map.keys.try_emplace(*key_, key_at_);
        if (is_new) {
            map.node.entries.push_back({std::move(*key_), key_at_, std::move(node)});
        } else {
            problems_.add(
                key_at_,
                fmt::format("the key \"{}\" is already set in line {}; keep one of the two",
                            core::printable(*key_, 60), first->second.line));
        }
        key_.reset();
    }

    int file_;
    Problems& problems_;
    int documents_ = 0;
    std::vector<Open> open_;
    std::optional<std::string> key_;  ///< Read, and its value not yet.
    Place key_at_;
    std::optional<Node> root_;
};

/// libyaml's parser over a text that outlives it, one event at a time.
class Parser {
 public:
    Parser(std::string_view rest, const WrittenText& written) : written_(written) {
        if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
        yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
        if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
        yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(rest.data()),
                                     rest.size());
    }
    ~Parser() {
        yaml_event_delete(&event_);
        yaml_parser_delete(&parser_);
    }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    /// False at the end, and after a mistake.
    bool next() {
        yaml_event_delete(&event_);
        return yaml_parser_parse(&parser_, &event_) != 0 && event_.type != YAML_STREAM_END_EVENT &&
               event_.type != YAML_NO_EVENT;
    }
    [[nodiscard]] const yaml_event_t& event() const { return event_; }

    [[nodiscard]] bool failed() const { return parser_.error != YAML_NO_ERROR; }
    [[nodiscard]] bool open_quote() const {
        return text_of_c(parser_.context) == "while scanning a quoted scalar" &&
               text_of_c(parser_.problem) == "found unexpected end of stream";
    }
    /// Where a mistake is: of a quote that is never closed, where it opens.
    [[nodiscard]] const yaml_mark_t& mark() const {
        return open_quote() ? parser_.context_mark : parser_.problem_mark;
    }
    [[nodiscard]] std::string why() const {
        if (open_quote()) return "the quote that opens here is never closed";
        if (written_.tab_indents(parser_.problem_mark.line))
            return "a tab cannot indent YAML; use spaces";
        return fmt::format("this is not YAML: {}", in_words());
    }

 private:
    /// libyaml's own words, but for the mistakes that people make most.
    [[nodiscard]] std::string in_words() const {
        const auto context = text_of_c(parser_.context);
        const auto problem = text_of_c(parser_.problem);
        const bool list = context == "while parsing a flow sequence";
        if (list || context == "while parsing a flow mapping")
            return fmt::format("the {} that opens in line {} is not closed before this",
                               list ? "[" : "{", parser_.context_mark.line + 1);
        if (problem == "did not find expected node content")
            return "a value is missing here, or a [ or { is not closed before";
        if (problem == "mapping values are not allowed in this context")
            return "a second \": \" in one value; put the value into quotes";
        return std::string(problem);
    }

    static std::string_view text_of_c(const char* text) {
        return text == nullptr ? std::string_view() : text;
    }

    const WrittenText& written_;
    yaml_parser_t parser_{};
    yaml_event_t event_{};
};

}  // namespace

const Entry* Node::find(std::string_view key) const {
    const auto found = std::ranges::find(entries, key, &Entry::key);
    return found == entries.end() ? nullptr : &*found;
}

std::string_view describe(Node::Kind kind) {
    switch (kind) {
        case Node::Kind::nothing: return "nothing";
        case Node::Kind::scalar: return "a single value";
        case Node::Kind::list: return "a list";
        case Node::Kind::map: return "a map";
    }
    return "nothing";
}

std::optional<Node> parse_yaml(std::string_view text, int file, Problems& problems) {
    const WrittenText written(text);
    if (const auto bad = written.first_unreadable()) {
        problems.add({file, bad->line, bad->column}, bad->why);
        return std::nullopt;
    }
    Builder builder(file, problems);
    try {
        Parser parser(text, written);
        while (parser.next()) builder.take_in(parser.event());
        if (parser.failed()) {
            problems.add(builder.place(parser.mark()), parser.why());
            return std::nullopt;
        }
    } catch (const Stop&) {
        return std::nullopt;
    }
    return builder.take();
}

}  // namespace rounds::config
