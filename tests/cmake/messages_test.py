"""cmake/messages.py: what it makes of a catalogue, and what it refuses."""
import re
import unittest

from tree import TreeTest

EN = "# Why.\nreason.off = switched off\n\nreason.seen = {count} {count|time|times}, last {at}\n"
ZH = "reason.off = 关机\nreason.seen = {count} 次，最近 {at}\n"


class MessagesTest(TreeTest):
    def make(self, english=EN, chinese=ZH, **further):
        self.write("messages/en/a.txt", english)
        self.write("messages/zh-CN/a.txt", chinese)
        for name, text in further.items():
            self.write(f"messages/en/{name}.txt", text)
        return self.run_script("messages.py", self.root / "messages", self.root / "out")

    def assert_refused(self, made, *patterns):
        """Fails, with one line for each pattern and no more; nothing is written."""
        status, lines = made
        self.assertEqual(status, 1, lines)
        self.assertEqual(len(lines), len(patterns), lines)
        for pattern in patterns:
            self.assertTrue(any(re.search(pattern, line) for line in lines), (pattern, lines))
        self.assertFalse((self.root / "out").exists())

    def test_a_clean_catalogue_becomes_ids_and_tables(self):
        self.assertEqual(self.make(), (0, []))
        header = (self.root / "out/core/message_id.hpp").read_text(encoding="utf-8")
        self.assertRegex(header, r"(?s)enum class MessageId.*reason_off,.*reason_seen,")
        tables = (self.root / "out/core/message_tables.cpp").read_text(encoding="utf-8")
        for text in ('"reason.off"', '"switched off"', '"关机"', '"{count} {count|time|times}, last {at}"'):
            self.assertIn(text, tables)

    def test_keys_are_sorted_over_all_files(self):
        self.write("messages/zh-CN/b.txt", "alpha.first = 甲\n")
        self.assertEqual(self.make(b="alpha.first = first\n"), (0, []))
        header = (self.root / "out/core/message_id.hpp").read_text(encoding="utf-8")
        self.assertLess(header.index("alpha_first"), header.index("reason_off"))

    def test_quotes_and_backslashes_survive(self):
        self.assertEqual(self.make(EN + 'a.b = "C:\\new"\n', ZH + 'a.b = "C:\\new"\n'), (0, []))
        tables = (self.root / "out/core/message_tables.cpp").read_text(encoding="utf-8")
        self.assertIn(r'"\"C:\\new\""', tables)

    def test_a_key_that_chinese_lacks(self):
        self.assert_refused(self.make(chinese="reason.off = 关机\n"),
                            r"zh-CN: reason\.seen is missing \(.*/en/a\.txt:4\)")

    def test_a_key_that_english_lacks(self):
        self.assert_refused(self.make(chinese=ZH + "reason.more = 更多\n"),
                            r"zh-CN/a\.txt:3: reason\.more is not in English")

    def test_other_parameters(self):
        self.assert_refused(self.make(chinese=ZH.replace("{at}", "{when}")),
                            r"zh-CN/a\.txt:2: reason\.seen has other parameters than .*/en/a\.txt:4")

    def test_a_parameter_less(self):
        self.assert_refused(self.make(chinese=ZH.replace("{at}", "今天")), r"zh-CN/a\.txt:2: .*other parameters")

    def test_a_key_twice_in_a_file(self):
        self.assert_refused(self.make(EN + "reason.off = off\n"),
                            r"en/a\.txt:5: reason\.off is also at .*/en/a\.txt:2")

    def test_a_key_twice_in_two_files(self):
        self.assert_refused(self.make(b="reason.off = off\n"), r"en/b\.txt:1: reason\.off is also at .*/en/a\.txt:2")

    def test_stray_braces(self):
        for brace in ("{", "}", "{}", "{At}", "{at", "{at}}", "{{at}", "{at|one}", "{at|a|b|c}", "{0}"):
            with self.subTest(brace):
                self.assert_refused(self.make(EN + f"x.y = at {brace}\n", ZH + "x.y = {at}\n"),
                                    *self.of_braces(brace))

    @staticmethod
    def of_braces(brace):
        """The brace itself, and where no parameter is left of it, that the other language has one."""
        found = [r"en/a\.txt:5: x\.y has a brace that belongs to no \{parameter\}"]
        return found if "{at}" in brace else found + [r"zh-CN/a\.txt:3: x\.y has other parameters"]

    def test_a_brace_in_chinese(self):
        self.assert_refused(self.make(chinese=ZH.replace("关机", "关机}")), r"zh-CN/a\.txt:1: reason\.off has a brace")

    def test_lines_that_are_no_messages(self):
        for line in ("reason.off", "off = off", "Reason.off = off", "reason.off=off", " reason.x = x", "reason..x = x"):
            with self.subTest(line):
                self.assert_refused(self.make(EN + line + "\n"), r"en/a\.txt:5: expected «group\.name = text»")

    def test_a_text_that_is_empty(self):
        self.assert_refused(self.make(EN + "x.y = \n", ZH + "x.y = 有\n"), r"en/a\.txt:5: x\.y has no text")

    def test_all_at_once(self):
        self.assert_refused(self.make(EN + "nonsense\nreason.off = off\n", "reason.off = 关{机\n"),
                            r"en/a\.txt:5: expected", r"en/a\.txt:6: reason\.off is also",
                            r"zh-CN/a\.txt:1: .*brace", r"reason\.seen is missing")


if __name__ == "__main__":
    unittest.main()
