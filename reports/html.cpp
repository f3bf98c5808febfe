// A report as one file for a browser and for paper.
#include <fmt/format.h>

#include "reports/embedded.hpp"
#include "reports/html_parts.hpp"
#include "reports/render.hpp"
#include "reports/words.hpp"

namespace rounds::reports {

using core::Locale;

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out += c;
        }
    }
    return out;
}

std::string_view css_class(core::Verdict verdict) {
    return core::word(verdict);
}

std::string_view css_class(core::Overall overall) {
    switch (overall) {
        case core::Overall::normal: return "ok";
        case core::Overall::mostly_normal: return "warning";
        case core::Overall::abnormal: break;
    }
    return "critical";
}

namespace {

struct Writer {
    const Locale& locale;
    std::string out = {};
    core::Message section_title = {core::MessageId::report_none};
    bool notes_open = false;

    [[nodiscard]] std::string words(const core::Message& message) const {
        return escaped(render(message, locale));
    }

    void top(const Document& document) {
        const std::string title = words(document.title);
        out +=
            fmt::format("<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n",
                        core::tag(locale.language));
        // The report asks for nothing and runs nothing, whatever a device calls itself.
        // Its one style sheet is named by its digest: no other counts.
        out += fmt::format(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
            "'sha256-{}'; "
            "img-src data:; base-uri 'none'; form-action 'none'\">\n",
            embedded::report_css_sha256());
        out +=
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"color-scheme\" content=\"light dark\">\n"
            "<meta name=\"format-detection\" content=\"telephone=no\">\n";
        out += fmt::format("<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n", title,
                           embedded::report_css());
        out += fmt::format("<header>\n<h1>{}</h1>\n<dl class=\"head\">", title);
        for (const HeadLine& line : document.head)
            out += fmt::format("<div class=\"{}\"><dt>{}</dt><dd>{}</dd></div>\n", line.key,
                               words(line.title), words(line.text));
        out += "</dl>\n</header>\n";
    }

    void block(const Headline& headline) {
        out += fmt::format(
            "<div class=\"headline {}\">\n<p class=\"overall\"><i aria-hidden=\"true\">{}</i> "
            "{}</p>\n<ul>\n",
            css_class(headline.overall), mark(headline.overall), words(headline.title));
        for (const Sentence& sentence : headline.sentences) {
            out += sentence.verdict
                       ? fmt::format("<li class=\"{}\"><i aria-hidden=\"true\">{}</i><span>",
                                     css_class(*sentence.verdict), mark(*sentence.verdict))
                       : std::string{"<li><i aria-hidden=\"true\">·</i><span>"};
            if (!sentence.subject.empty())
                out += fmt::format("<b>{}</b>{}", escaped(subject_of(sentence)),
                                   escaped(aside(sentence, locale)));
            out += escaped(joined_parts(sentence, locale)) + "</span></li>\n";
        }
        out += "</ul>\n</div>\n";
    }
    void block(const Figures& figures) {
        out += "<dl class=\"figures\">";
        for (const Figure& figure : figures.figures)
            out += fmt::format("<div class=\"{}\"><dt>{}</dt><dd>{}</dd></div>\n", figure.key,
                               words(figure.title), escaped(shown(figure.values, locale)));
        out += "</dl>\n";
    }
    void block(const Table& table) { out += table_html(table, section_title, locale); }
    void block(const Note& note) {
        out += fmt::format("<p class=\"note\">{}</p>\n",
                           escaped(stopped(render(note.text, locale), locale)));
    }
    void block(const SignOff& lines) {
        out += "<dl class=\"sign\">";
        for (const SignOff::Line& line : lines.lines)
            out += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", words(line.title),
                               line.remark ? words(*line.remark) : std::string{"&nbsp;"});
        out += "</dl>\n";
    }
    void block(const Legend&) { out += legend_html(locale); }

    void section(const Section& section, int number) {
        section_title = section.title;
        const std::string numbered = section.numbered ? numeral(number, locale) : std::string{};
        out += fmt::format(
            "<section class=\"{0}\" aria-labelledby=\"{0}\">\n<div class=\"title\"><h2 "
            "id=\"{0}\">{1}{2}</h2>",
            section.key, numbered, words(section.title));
        if (section.remark) out += fmt::format("<p>{}</p>", words(*section.remark));
        out += "</div>\n";
        for (const Block& block_ : section.blocks)
            std::visit([&](const auto& one) { block(one); }, block_);
        out += "</section>\n";
    }
};

}  // namespace

std::string to_html(const Document& document, const Locale& locale) {
    Writer writer{locale};
    writer.top(document);
    int number = 0;
    for (const Section& section : document.sections) {
        if (section.numbered) ++number;
        writer.section(section, number);
    }
    return writer.out + "</main>\n</body>\n</html>\n";
}

}  // namespace rounds::reports
