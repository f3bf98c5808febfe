"""embed.py ROOM HEADER SOURCE FILE…: file bytes into the binary, as std::string_view functions, and
all() of them with their names, in the order given. A name that starts with a digit gets a _ in front."""
import base64
import hashlib
import pathlib
import re
import sys

room, header, source, *files = sys.argv[1:]


def name_of(path: str) -> str:
    return re.sub(r"^(?=\d)|\W", "_", pathlib.Path(path).name)


declarations = "".join(
    f"std::string_view {name_of(f)}();\n"
    f"/// SHA-256 in base64, as a Content-Security-Policy names what may stand in a page.\n"
    f"std::string_view {name_of(f)}_sha256();\n" for f in files)
pathlib.Path(header).parent.mkdir(parents=True, exist_ok=True)
pathlib.Path(header).write_text(
    "// Made by cmake/embed.py.\n#pragma once\n#include <span>\n#include <string_view>\n\n"
    f"namespace rounds::{room}::embedded {{\nstruct File {{\n    std::string_view name, bytes;\n}};\n"
    f"std::span<const File> all();\n{declarations}}}\n")

bodies = []
for f in files:
    data = pathlib.Path(f).read_bytes()
    digits = ",".join(str(b) for b in data)
    bodies.append(
        f"namespace {{\nconstexpr unsigned char bytes_{name_of(f)}[] = {{{digits}{',' if data else ''}0}};\n}}\n"
        f"std::string_view {name_of(f)}() {{\n"
        f"    return {{reinterpret_cast<const char*>(bytes_{name_of(f)}), {len(data)}}};\n}}\n"
        f"std::string_view {name_of(f)}_sha256() {{\n"
        f"    return \"{base64.b64encode(hashlib.sha256(data).digest()).decode()}\";\n}}\n")
rows = "".join(f'        {{"{pathlib.Path(f).name}", {name_of(f)}()}},\n' for f in files)
bodies.append(f"std::span<const File> all() {{\n    static const File files[] = {{\n{rows}    }};\n    return files;\n}}\n")
pathlib.Path(source).write_text(
    f'#include "{room}/embedded.hpp"\n\nnamespace rounds::{room}::embedded {{\n' + "".join(bodies) + "}\n")
