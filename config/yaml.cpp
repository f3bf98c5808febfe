#include "config/yaml.hpp"

#include <algorithm>
#include <sstream>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "config/written_text.hpp"
#include "core/text.hpp"

namespace rounds::config {

namespace {

/// Thrown through the parser where going on makes no sense; the problem is already noted.
struct Stop {};

/// Builds the tree from the parser's events. Events, not YAML::Node: only they tell duplicate keys, and an
/// alias can be refused before it multiplies.
class Builder : public YAML::EventHandler {
 public:
    Builder(const WrittenText& text, int file, Problems& problems)
        : text_(text), file_(file), problems_(problems) {}

    [[nodiscard]] Place place(const YAML::Mark& mark) const {
        const auto line = static_cast<std::size_t>(std::max(mark.line, 0));
        return {file_, static_cast<int>(line) + 1,
                text_.column(line, static_cast<std::size_t>(std::max(mark.column, 0)))};
    }

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (++documents_ == 1) return;
        problems_.add(
            place(mark),
            "a second document (---) is not read; put it in a file of its own under conf.d");
        throw Stop{};
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        refuse_anchor(mark, anchor);
        // The parser's mark of an empty value is where the next thing begins; the key is a better place.
        put({.kind = Node::Kind::nothing, .at = key_ ? key_at_ : place(mark)});
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
        refuse_anchor(mark, 1);
        put({.kind = Node::Kind::nothing, .at = place(mark)});
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        const Place at = place(mark);
        if (!text_.quote_closes(static_cast<std::size_t>(at.line) - 1,
                                static_cast<std::size_t>(mark.column))) {
            problems_.add(at, "the quote that opens here is never closed");
            throw Stop{};
        }
        put({.kind = Node::Kind::scalar, .at = at, .text = value});
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        begin(Node::Kind::list, mark, tag, anchor);
    }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        begin(Node::Kind::map, mark, tag, anchor);
    }
    void OnSequenceEnd() override { end(); }
    void OnMapEnd() override { end(); }

    [[nodiscard]] std::optional<Node> take() { return std::exchange(root_, std::nullopt); }

 private:
    /// A list or map that is not closed yet, with the key its parent waits for it under.
    struct Open {
        Node node;
        std::optional<std::string> key;
        Place key_at;
        std::unordered_map<std::string, Place> keys;  ///< Of a map: where each was set.
    };

    void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
        if (anchor == 0) return;
        problems_.add(
            place(mark),
            "anchors and aliases (&name, *name) are not known here; write the value out, or "
            "set it once for all devices of a class under classes");
    }

    void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
        if (tag.empty() || tag == "?" || tag == "!") return;
        problems_.add(place(mark), fmt::format("tags such as {} are not known here; take it out",
                                               core::printable(tag, 60)));
    }

    void begin(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
               YAML::anchor_t anchor) {
        refuse_anchor(mark, anchor);
        refuse_tag(mark, tag);
        if (open_.size() == deepest) {
            problems_.add(
                place(mark),
                fmt::format("nested deeper than {} levels; nothing in Rounds is", deepest));
            throw Stop{};
        }
        if (!open_.empty() && open_.back().node.kind == Node::Kind::map && !key_) {
            problems_.add(place(mark), fmt::format("a key must be a word, not {}", describe(kind)));
            throw Stop{};
        }
        open_.push_back({.node = {.kind = kind, .at = place(mark)},
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

    const WrittenText& text_;
    int file_;
    Problems& problems_;
    int documents_ = 0;
    std::vector<Open> open_;
    std::optional<std::string> key_;  ///< Read, and its value not yet.
    Place key_at_;
    std::optional<Node> root_;
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

std::optional<Node> parse_yaml(const std::string& text, int file, Problems& problems) {
    const WrittenText written(text);
    if (const auto bad = written.first_unreadable()) {
        problems.add({file, bad->line, bad->column}, bad->why);
        return std::nullopt;
    }
    Builder builder(written, file, problems);
    try {
        std::istringstream in(text);
        YAML::Parser parser(in);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception& error) {
        const Place at = builder.place(error.mark);
        if (written.tab_indents(static_cast<std::size_t>(at.line) - 1)) {
            problems.add({file, at.line, 1}, "a tab cannot indent YAML; use spaces");
        } else {
            problems.add(at, fmt::format("this is not YAML: {}", error.msg));
        }
        return std::nullopt;
    } catch (const Stop&) {
        return std::nullopt;
    }
    return builder.take();
}

}  // namespace rounds::config
