"""cmake/floors.py: what it finds, and what it leaves alone."""
import re
import unittest

from tree import TreeTest


class FloorsTest(TreeTest):
    def assert_clean(self, path, text):
        self.write(path, text)
        self.assertEqual(self.run_script("floors.py", self.root), (0, []))

    def assert_found(self, *patterns):
        """Fails, with one line for each pattern and no more."""
        status, lines = self.run_script("floors.py", self.root)
        self.assertEqual(status, 1, lines)
        self.assertEqual(len(lines), len(patterns), lines)
        for pattern in patterns:
            self.assertTrue(any(re.search(pattern, line) for line in lines), (pattern, lines))

    def test_a_clean_tree_passes(self):
        self.write("core/id.hpp", "#pragma once\n#include <string>\n")
        self.write("core/time.hpp", '#include "core/id.hpp"\n')
        self.write("ports/clock.hpp", '#include "core/time.hpp"\n#include <boost/asio/awaitable.hpp>\n')
        self.write("daemon/store/database.cpp", '#include <sqlite3.h>\n#include "core/time.hpp"\n')
        self.write("daemon/app.cpp", '#include "daemon/store/store.hpp"\n#include "ports/clock.hpp"\n')
        self.write("tests/core/id_test.cpp", '#include <gtest/gtest.h>\n#include "core/id.hpp"\n')
        self.assert_clean("probes/ping.cpp", "    const auto plan = Plan{5};\n    co_await port.echo(plan);\n")

    def test_an_empty_tree_passes(self):
        self.assertEqual(self.run_script("floors.py", self.root), (0, []))

    def test_includes_that_climb(self):
        for room, climbs_to in (("core", "ports/clock.hpp"), ("core", "config/load.hpp"), ("probes", "config/load.hpp"),
                                ("reports", "daemon/store/store.hpp"), ("config", "reports/day.hpp"),
                                ("daemon/store", "daemon/app.hpp"), ("ports", "probes/engine.hpp")):
            with self.subTest(room=room, target=climbs_to):
                self.write(f"{room}/bad.cpp", f'#pragma once\n\n#include "{climbs_to}"\n')
                self.assert_found(rf"^{room}/bad\.cpp:3: {room} must not know .*{re.escape(climbs_to)}")
                (self.root / room / "bad.cpp").unlink()

    def test_spaces_hide_no_include(self):
        self.write("core/bad.hpp", '  #  include  "config/load.hpp"\n')
        self.assert_found(r"^core/bad\.hpp:1: core must not know config")

    def test_libraries_outside_their_home(self):
        for path, header in (("core/bad.cpp", "sqlite3.h"), ("config/bad.cpp", "sqlite3.h"), ("daemon/bad.cpp", "sqlite3.h"),
                             ("daemon/bad.cpp", "yaml-cpp/yaml.h"), ("core/bad.cpp", "date/tz.h"),
                             ("daemon/bad.cpp", "CLI/CLI.hpp"), ("probes/bad.cpp", "spdlog/spdlog.h"),
                             ("daemon/bad.cpp", "systemd/sd-daemon.h"), ("core/bad.cpp", "nlohmann/json.hpp"),
                             ("core/bad.cpp", "boost/asio.hpp"), ("reports/bad.cpp", "boost/asio/awaitable.hpp"),
                             ("core/bad.cpp", "iconv.h")):
            with self.subTest(path=path, header=header):
                self.write(path, f"#include <{header}>\n")
                self.assert_found(rf"^{path}:1: <{re.escape(header)}> belongs to ")
                (self.root / path).unlink()

    def test_a_neighbour_with_a_like_name_is_no_home(self):
        self.write("daemon/store_backup.cpp", "#include <sqlite3.h>\n")
        self.assert_found(r"^daemon/store_backup\.cpp:1: <sqlite3\.h> belongs to daemon/store")

    def test_boost_other_than_asio_is_free(self):
        self.assert_clean("core/result.hpp", "#include <boost/system/result.hpp>\n")

    def test_headers_in_a_circle(self):
        self.write("core/a.hpp", '#include "core/b.hpp"\n')
        self.write("core/b.hpp", '#include "core/c.hpp"\n')
        self.write("core/c.hpp", '#include "core/a.hpp"\n')
        self.assert_found(r"^headers in a circle: core/a\.hpp -> core/b\.hpp -> core/c\.hpp -> core/a\.hpp$")

    def test_a_header_that_includes_itself(self):
        self.write("core/a.hpp", '#include "core/a.hpp"\n')
        self.assert_found(r"^headers in a circle: core/a\.hpp -> core/a\.hpp$")

    def test_two_ways_to_one_header_are_no_circle(self):
        self.write("core/a.hpp", '#include "core/b.hpp"\n#include "core/c.hpp"\n')
        self.write("core/b.hpp", '#include "core/d.hpp"\n')
        self.assert_clean("core/c.hpp", '#include "core/d.hpp"\n')

    def test_a_brace_inside_co_await(self):
        for text in ("co_await port.send({1, 2});", "co_await look(due ? nullptr : known);",
                     "co_await f(Plan{5});", "auto a = co_await g([x] { return x; });"):
            with self.subTest(text):
                self.write("probes/bad.cpp", f"// co_await is fine here {{\n{text}\n")
                self.assert_found(r"^probes/bad\.cpp:2: a brace or a \?: inside a co_await expression")

    def test_a_brace_on_the_next_line_of_co_await(self):
        self.write("probes/bad.cpp", "co_await port.send(\n    address,\n    Plan{5});\n")
        self.assert_found(r"^probes/bad\.cpp:3: a brace or a \?: inside a co_await expression")

    def test_braces_around_co_await_are_fine(self):
        self.assert_clean("probes/good.cpp", "if (x) {\n    co_await f();\n}\n"
                          "for (;;) { co_await f(); }\nconst Result r{co_await f(a)};\n"
                          "if (!co_await f()) {\n    return;\n}\nwhile (co_await g(\n           a)) {\n}\n")

    def test_braces_in_words_are_fine(self):
        self.assert_clean("probes/good.cpp", 'co_await say("{}", 5, \'{\');  // not {\nco_await say(R"sql({"})sql");\n'
                          '/* co_await f({}); */\nconst auto url = "http://co_await {";\n')

    def test_all_at_once(self):
        self.write("core/a.cpp", '#include "config/load.hpp"\n#include <iconv.h>\n')
        self.write("probes/b.cpp", "co_await f({});\n")
        self.assert_found(r"^core/a\.cpp:1: ", r"^core/a\.cpp:2: ", r"^probes/b\.cpp:1: ")


if __name__ == "__main__":
    unittest.main()
