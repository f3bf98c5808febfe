#include "tests/reports/markup.hpp"

#include <set>

namespace rounds::reports {

namespace {

bool name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

struct Reader {
    std::string_view rest;
    Markup found = {};
    std::vector<std::string> open = {};

    void problem(const std::string& what) {
        found.problems.push_back(what + " before " + std::string{rest.substr(0, 40)});
    }

    bool skip(std::string_view token) {
        if (!rest.starts_with(token)) return false;
        rest.remove_prefix(token.size());
        return true;
    }

    std::string name() {
        std::size_t length = 0;
        while (length < rest.size() && name_character(rest[length])) ++length;
        const std::string word{rest.substr(0, length)};
        rest.remove_prefix(length);
        return word;
    }

    std::string unescaped(std::string_view text) {
        static const std::map<std::string_view, std::string_view> entities = {
            {"&amp;", "&"},   {"&lt;", "<"},  {"&gt;", ">"},
            {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", " "}};
        std::string out;
        while (!text.empty()) {
            if (text[0] == '>') problem("a bare >");
            if (text[0] != '&') {
                out += text[0];
                text.remove_prefix(1);
                continue;
            }
            const auto entity = entities.find(text.substr(0, text.find(';') + 1));
            if (entity == entities.end()) {
                problem("an unknown entity");
                return out;
            }
            out += entity->second;
            text.remove_prefix(entity->first.size());
        }
        return out;
    }

    void attributes(Markup::Tag& tag) {
        while (skip(" ")) {
            const std::string key = name();
            if (key.empty()) return;
            if (!skip("=\"")) return problem("an attribute that is not quoted");
            const auto end = rest.find('"');
            if (end == std::string_view::npos) return problem("an attribute without end");
            if (!tag.attributes.emplace(key, unescaped(rest.substr(0, end))).second)
                problem("an attribute twice");
            rest.remove_prefix(end + 1);
        }
    }

    void opening() {
        static const std::set<std::string> empty = {"meta", "br", "link"};
        Markup::Tag tag{name(), {}};
        if (tag.name.empty()) return problem("a bare <");
        attributes(tag);
        const bool closed = skip("/");
        if (!skip(">")) return problem("a tag without end");
        if (!closed && !empty.contains(tag.name)) open.push_back(tag.name);
        if (tag.name == "style") rest.remove_prefix(std::min(rest.find("</style>"), rest.size()));
        found.tags.push_back(std::move(tag));
    }

    void closing() {
        const std::string word = name();
        if (!skip(">")) problem("a closing tag without end");
        if (open.empty() || open.back() != word) return problem("</" + word + "> closes nothing");
        open.pop_back();
    }

    Markup all() {
        if (!skip("<!doctype html>")) problem("no doctype");
        while (!rest.empty() && found.problems.size() < 5) {
            if (skip("</")) {
                closing();
            } else if (skip("<")) {
                opening();
            } else {
                const std::string_view text = rest.substr(0, rest.find('<'));
                found.text += unescaped(text) + " ";
                rest.remove_prefix(text.size());
            }
        }
        if (!open.empty()) problem("never closed: " + open.back());
        return found;
    }
};

}  // namespace

Markup read_markup(std::string_view html) {
    return Reader{html}.all();
}

}  // namespace rounds::reports
