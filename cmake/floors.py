"""floors.py [ROOT]: does every include stay on its floor?

Fails (exit 1, one FILE:LINE per finding) when a room includes a room it must not know, a library is
used outside its home, headers include one another in a circle, or a brace or a `?:` stands inside a
`co_await` expression (g++ 12 frees an owning temporary that these make there twice).
"""
import pathlib
import re
import sys

# A room may include itself and the rooms listed.
MAY = {
    "core": {"core"},
    "ports": {"ports", "core"},
    "config": {"config", "core"},
    "probes": {"probes", "core", "ports"},
    "reports": {"reports", "core"},
    "daemon/store": {"daemon/store", "core"},
    "daemon/hooks": {"daemon/hooks", "core", "ports"},
    "daemon/web": {"daemon/web", "core", "ports"},
    "daemon": {"daemon", "daemon/store", "daemon/hooks", "daemon/web", "core", "ports", "config", "probes", "reports"},
}
# A library's headers may be included only from its homes (folders or files, sources or tests).
HOMES = {
    r"sqlite3\.h": ["daemon/store"],
    r"zstd\.h": ["daemon/store"],
    r"yaml-cpp/": ["tests/simulator"],
    r"yaml\.h": ["config"],
    r"date/": ["config", "tests/config"],
    r"CLI/": ["daemon/cli", "tests/bench"],
    r"spdlog/": ["daemon"],
    r"systemd/": ["daemon/system"],
    r"nlohmann/": ["reports", "daemon", "tests"],
    r"boost/beast": ["daemon/web"],
    r"boost/asio": ["ports", "probes", "daemon", "tests"],
    r"iconv\.h": ["config"],
    r"net-snmp/": ["probes/snmp"],
    r"curl/": ["daemon/hooks"],
    r"openssl/": ["daemon/hooks", "tests"],
}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
# What is no code, but may look like it: raw strings, strings, characters, comments.
NO_CODE = re.compile(r'''R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'|//[^\n]*|/\*.*?\*/''', re.DOTALL)


def room_of(path: str) -> str:
    parts = path.split("/")
    if parts[0] == "daemon" and "/".join(parts[:2]) in MAY:
        return "/".join(parts[:2])
    return parts[0]


def braced_awaits(text: str) -> list:
    """Numbers of the lines on which a brace or a ?: stands inside a co_await expression."""
    code = NO_CODE.sub(lambda match: "\n" * match.group().count("\n"), text)
    lines = []
    for await_ in re.finditer(r"\bco_await\b", code):
        depth = 0
        for place in range(await_.end(), len(code)):
            if code[place] in "{?":
                lines.append(code.count("\n", 0, place) + 1)
            depth += {"(": 1, ")": -1}.get(code[place], 0)
            if depth < 0 or code[place] in ";{}":  # the end of the expression, or of what surrounds it
                break
    return lines


def cycles(graph: dict) -> list:
    """Circles among headers, each once, as lists of paths."""
    found, done, stack = [], set(), []

    def visit(node):
        if node in stack:
            found.append(stack[stack.index(node):] + [node])
            return
        if node in done:
            return
        stack.append(node)
        for target in graph.get(node, ()):
            visit(target)
        stack.pop()
        done.add(node)

    for node in graph:
        visit(node)
    return found


def findings(root: pathlib.Path) -> list:
    found, graph = [], {}
    files = [p for top in ("core", "ports", "config", "probes", "reports", "daemon", "tests")
             for p in sorted((root / top).rglob("*")) if p.suffix in (".hpp", ".cpp")]
    for file in files:
        path = file.relative_to(root).as_posix()
        room = room_of(path)
        text = file.read_text(encoding="utf-8")
        found += [f"{path}:{number}: a brace or a ?: inside a co_await expression; name the value on the line before"
                  for number in braced_awaits(text)]
        for number, line in enumerate(text.splitlines(), 1):
            where = f"{path}:{number}"
            match = INCLUDE.match(line)
            if not match:
                continue
            target = match.group(1)
            graph.setdefault(path, []).append(target)
            target_room = room_of(target)
            if room in MAY and target_room in MAY and target_room not in MAY[room]:
                found.append(f"{where}: {room} must not know {target_room} ({target})")
            for library, homes in HOMES.items():
                if re.match(library, target) and not any(f"{path}/".startswith(f"{home}/") for home in homes):
                    found.append(f"{where}: <{target}> belongs to {', '.join(homes)}")
    found += ["headers in a circle: " + " -> ".join(circle) for circle in cycles(graph)]
    return found


if __name__ == "__main__":
    problems = findings(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(problems), end="\n" if problems else "")
    sys.exit(1 if problems else 0)
