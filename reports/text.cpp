// A report for a terminal or the text part of a mail.
#include "core/text.hpp"

#include <fmt/format.h>

#include "reports/render.hpp"
#include "reports/text_table.hpp"
#include "reports/words.hpp"

namespace rounds::reports {

using core::Locale;

namespace {

std::string rule(std::string_view stroke, std::size_t width) {
    std::string line;
    for (std::size_t i = 0; i < width; ++i) line += stroke;
    return line + "\n";
}

struct Writer {
    const Locale& locale;
    std::size_t width;
    std::string out = {};

    void paragraph(const std::string& words, std::size_t indent, std::string_view first) {
        bool begun = false;
        for (const std::string& line : wrapped(words, width > indent + 8 ? width - indent : 8)) {
            out += begun ? std::string(indent, ' ') : core::pad_right(first, indent);
            out += line + "\n";
            begun = true;
        }
    }

    void head(const Document& document) {
        out += render(document.title, locale) + "\n" + rule("═", width);
        std::size_t longest = 0;
        for (const HeadLine& line : document.head)
            longest = std::max(longest, core::columns(render(line.title, locale)));
        for (const HeadLine& line : document.head)
            paragraph(render(line.text, locale), longest + 2, render(line.title, locale));
    }

    void block(const Headline& headline) {
        out += fmt::format("{} {}\n", mark(headline.overall), render(headline.title, locale));
        for (const Sentence& sentence : headline.sentences) {
            std::string words;
            if (!sentence.subject.empty()) words = subject_of(sentence) + aside(sentence, locale);
            paragraph(words + joined_parts(sentence, locale), 4,
                      fmt::format("  {} ", sentence.verdict ? mark(*sentence.verdict) : "·"));
        }
        out += "\n";
    }
    void block(const Figures& figures) {
        std::size_t longest = 0;
        for (const Figure& figure : figures.figures)
            longest = std::max(longest, core::columns(render(figure.title, locale)));
        for (const Figure& figure : figures.figures)
            out += fmt::format("  {}  {}\n", core::pad_right(render(figure.title, locale), longest),
                               shown(figure.values, locale));
    }
    void block(const Table& table) {
        if (table.title && (!table.rows.empty())) out += "\n" + render(*table.title, locale) + "\n";
        if (table.rows.empty()) {
            const std::string title =
                table.title ? render(*table.title, locale) + ": " : std::string{};
            out += title + render(table.empty, locale) + "\n";
        } else {
            out += text_table(table, locale, width);
        }
    }
    void block(const Note& note) { paragraph(stopped(render(note.text, locale), locale), 2, "· "); }
    void block(const SignOff& lines) {
        for (const SignOff::Line& line : lines.lines) {
            const std::string signature = render(line.title, locale) + "  " + std::string(24, '_');
            const std::string remark =
                line.remark ? "  " + render(*line.remark, locale) : std::string{};
            const bool fits = core::columns(signature) + core::columns(remark) <= width;
            out += fits ? signature : signature + '\n';
            out += remark + '\n';
        }
    }
    void block(const Legend&) { out += text_legend(locale, width); }
};

}  // namespace

std::string to_text(const Document& document, const Locale& locale, int width) {
    Writer writer{locale, static_cast<std::size_t>(std::max(width, 40))};
    writer.head(document);
    int number = 0;
    for (const Section& section : document.sections) {
        const std::string numbered = section.numbered ? numeral(++number, locale) : std::string{};
        writer.out += "\n" + numbered + render(section.title, locale) + "\n";
        writer.out += rule("─", writer.width);
        if (section.remark) writer.paragraph(render(*section.remark, locale), 0, "");
        for (const Block& block : section.blocks)
            std::visit([&](const auto& one) { writer.block(one); }, block);
    }
    return writer.out;
}

}  // namespace rounds::reports
