"""messages.py CATALOGUES OUTPUT: the ids of all messages as a header, their texts as tables.

CATALOGUES holds one folder per language (en, zh-CN), each with files of lines
    group.name = text with {parameter} and {count|device|devices}
Blank lines and lines starting with # are for people. English is the reference: a key that another
language lacks or has besides, a key set twice, no text, or other parameters end with exit status 1 and one
line FILE:LINE: what is wrong for each.
"""
import pathlib
import re
import sys

LINE = re.compile(r"^([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+) = (.*)$")
PARAMETER = re.compile(r"\{([a-z_]+)(?:\|[^{}|]*\|[^{}|]*)?\}")

catalogues, output = map(pathlib.Path, sys.argv[1:])
problems = []


def read(folder: pathlib.Path) -> dict:
    """key -> (text, place) of one language."""
    found = {}
    for file in sorted(folder.glob("*.txt")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            place = f"{file}:{number}"
            match = LINE.match(line)
            if not match:
                problems.append(f"{place}: expected «group.name = text»")
                continue
            key, text = match.groups()
            if key in found:
                problems.append(f"{place}: {key} is also at {found[key][1]}")
            if not text.strip():
                problems.append(f"{place}: {key} has no text")
            if re.search(r"[{}]", PARAMETER.sub("", text)):
                problems.append(f"{place}: {key} has a brace that belongs to no {{parameter}}")
            found[key] = (text, place)
    return found


def parameters(text: str) -> set:
    return set(PARAMETER.findall(text))


languages = {name: read(catalogues / name) for name in ("en", "zh-CN")}
english = languages["en"]
for name, texts in languages.items():
    for key, (text, place) in texts.items():
        if key not in english:
            problems.append(f"{place}: {key} is not in English")
        elif parameters(text) != parameters(english[key][0]):
            problems.append(f"{place}: {key} has other parameters than {english[key][1]}")
    for key in english.keys() - texts.keys():
        problems.append(f"{catalogues / name}: {key} is missing ({english[key][1]})")
if problems:
    sys.exit("\n".join(sorted(problems)))

keys = sorted(english)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


output.joinpath("core").mkdir(parents=True, exist_ok=True)
output.joinpath("core/message_id.hpp").write_text(
    "// Made by cmake/messages.py from core/messages.\n#pragma once\n\nnamespace rounds::core {\n\n"
    "enum class MessageId : unsigned short {\n"
    + "".join(f"    {key.replace('.', '_')},  // {english[key][0]}\n" for key in keys)
    + "};\n\n}  // namespace rounds::core\n", encoding="utf-8")
output.joinpath("core/message_tables.cpp").write_text(
    "// Made by cmake/messages.py from core/messages.\n#include <array>\n#include <span>\n#include <string_view>\n\n"
    "#include \"core/message.hpp\"\n\nnamespace rounds::core {\n\nnamespace {\n"
    f"constexpr std::array<std::string_view, {len(keys)}> keys = {{{{\n"
    + "".join(f"    {quoted(key)},\n" for key in keys) + "}};\n"
    + "".join(
        f"constexpr std::array<std::string_view, {len(keys)}> {name} = {{{{\n"
        + "".join(f"    {quoted(languages[language][key][0])},\n" for key in keys) + "}};\n"
        for name, language in (("english", "en"), ("chinese", "zh-CN")))
    + "}  // namespace\n\n"
    "std::span<const std::string_view> message_keys() { return keys; }\n\n"
    "std::span<const std::string_view> message_texts(Language language) {\n"
    "    return language == Language::chinese ? std::span(chinese) : std::span(english);\n}\n\n"
    "}  // namespace rounds::core\n", encoding="utf-8")
