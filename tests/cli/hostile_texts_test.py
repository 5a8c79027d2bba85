"""The texts of a scenario, and the names of directories, are a stranger's: nothing of them is executed, obeyed by a
terminal or computed by a spreadsheet, and all of them can be read back."""

import csv
import json
import os
import re
import subprocess
import unittest
import xml.etree.ElementTree

from program import PROGRAM, ProgramTest

STEP = int(os.environ.get("MATERIEL_SHORTER", "1"))  # where the program is slow
RUNS = 200_000 // STEP**2  # long enough to be interrupted, and then run to the end
TEXTS = [
    "'; touch canary; '",
    "`touch canary`",
    "$(touch canary)",
    "a\n touch canary\n!touch canary\n",
    "< touch canary",
    "| touch canary",
    "<'touch canary'",
    "@canary \\ %s %d {0} {} 100 %",
    '"; system("touch canary"); "',
    "=SYSTEM(\"touch canary\")",
    "-rf; touch canary",
    "+1+cmd|' /C touch canary'!A0",
    "'Shahed' line at Alabuga",
    "]]> & <b> &lt; \\N \\L",
    "\u202Egnp.exe \u2066x\u2069 \u200F \u061C \u2028 y",
    "\u001B]0;owned\u0007\u001B[31mred \u009B31m \r over",
    "'=1",
    "x" * 300,
]

SCENARIO = """format = 1
[scenario]
name = {}
title = {}
description = {}
start = 2024-01-01
end = 2024-03-01
[item.u]
unit = {}
label = {}
[parameter.p]
dist = "uniform"
min = 1
max = 2
unit = {}
label = {}
source = {}
note = {}
[parameter.q]
dist = "uniform"
min = 1
max = 2
source = {}
[site.s]
label = {}
stock = {{ u = 60 }}
[supply.in]
label = {}
site = "s"
item = "u"
rate = "q"
[demand.d]
label = {}
site = "s"
items = ["u"]
rate = "p"
variability = "poisson"
[milestone.low]
label = {}
metric = "stock.s.u"
falls_to = 5
[outcome.left]
value = "stock.s.u"
unit = {}
label = {}
[alternative.more]
label = {}
set = {{ "site.s.stock.u" = 90 }}
"""
PLACES = SCENARIO.count("{}")

# What changes how a terminal shows other text: control characters, marks of direction, separators of lines.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
NUMBER = re.compile(r"[+-]?(inf|nan|\d+(\.\d*)?(e[+-]?\d+)?)", re.IGNORECASE)


def formula(cell):
    return len(cell) > 1 and cell[0] in "=+-@\t\r" and not NUMBER.fullmatch(cell)


def text_of(cell):
    """A cell as docs/cli.md says that it is to be read."""
    return cell[1:] if cell.startswith("'") and formula(cell.lstrip("'")) else cell


class HostileTexts(ProgramTest):
    def setUp(self):
        super().setUp()
        self.folder = self.home / "one" / "two"
        self.folder.mkdir(parents=True)
        os.symlink(PROGRAM, self.home / "materiel")

    def scenario(self, turn):
        """All texts hostile, each place with another one each turn."""
        self.texts = [TEXTS[(place + turn) % len(TEXTS)] for place in range(PLACES)]
        (self.folder / "s.toml").write_text(SCENARIO.format(*map(json.dumps, self.texts)), encoding="utf-8")

    def run_here(self, *words, code=0):
        result = self.run_program(*words, code=code, cwd=self.folder)
        for text in (result.stdout, result.stderr):
            self.assertIsNone(FORBIDDEN.search(text), f"{words}: {text!r}")
        return result

    def expect_nothing_outside(self):
        there = {str(path.relative_to(self.home)) for path in self.home.rglob("canary*") if path.is_file()}
        self.assertEqual(there, set())
        self.assertEqual({path.name for path in self.home.iterdir()}, {"scenario.toml", "one", "materiel"})
        self.assertEqual([path.name for path in (self.home / "one").iterdir()], ["two"])
        self.assertLessEqual({path.name for path in self.folder.iterdir()}, {"s.toml", "out", "study"})

    def expect_safe_tables(self):
        for path in self.folder.rglob("*.csv"):
            with open(path, newline="", encoding="utf-8") as file:
                rows = list(csv.reader(file))
            for row in rows:
                self.assertEqual(len(row), len(rows[0]), path)
                self.assertEqual([cell for cell in row if formula(cell)], [], path)

    def pictures(self, folder):
        for path in sorted((self.folder / folder).rglob("*.svg")):
            yield path, "".join(xml.etree.ElementTree.parse(path).getroot().itertext())

    def shown(self, text, most):
        """As a figure shows it."""
        line = FORBIDDEN.sub("?", text.replace("\n", " ").replace("\t", " "))
        return line if len(line) <= most else line[:most - 10]

    def test_every_command_takes_every_text_for_a_text(self):
        for turn in range(0, len(TEXTS), STEP):
            with self.subTest(turn=turn):
                self.scenario(turn)
                self.run_here("check", "s.toml")
                self.run_here("explain", "s.toml")
                self.run_here("run", "s.toml", "-n", 8, "--alternative", "all", "-o", f"out/run-{turn}")
                if turn % 3 == 0:
                    self.run_here("slurm", "s.toml", "-n", 8, "--shards", 2)
                    self.run_here("run", "s.toml", "-n", 4, "--dry-run")
                    self.run_here("replay", f"out/run-{turn}", "--run", 1, "--alternative", "more")
                    self.run_here("status", f"out/run-{turn}")
                self.expect_nothing_outside()
                self.expect_safe_tables()
                with open(next(self.folder.glob("out/*-explain/assumptions.csv")), newline="", encoding="utf-8") as file:
                    row = next(csv.DictReader(file))
                for column, place in (("unit", 5), ("label", 6), ("source", 7), ("note", 8)):
                    self.assertEqual(text_of(row[column]), self.texts[place])
                for path in (self.folder / "out").glob("*-explain"):
                    self.assertEqual(len(list(self.pictures(path))), 1)
                    subprocess.run(["rm", "-r", str(path)], check=True)

    def test_every_text_is_drawn_as_it_is_written(self):
        for turn in range(0, len(TEXTS), 3):
            with self.subTest(turn=turn):
                self.scenario(turn)
                study = f"out/{turn}"
                self.run_here("run", "s.toml", "-n", 8, "-o", study)
                self.run_here("plot", study, "--metric", "stock.*", "--milestone", "*", "--keep-script")
                texts = dict(self.pictures(study))
                self.assertEqual(len(texts), 2)
                for text in texts.values():
                    self.assertIn(self.shown(self.texts[1], 80), text)
                script = next((self.folder / study).rglob("*.gp"))
                redraw = script.read_text().splitlines()[0].partition(": ")[2]
                subprocess.run(["bash", "-c", redraw], cwd=script.parent, check=True, capture_output=True)
                self.expect_nothing_outside()

    def test_analyses_and_their_figures(self):
        for turn, picture in ((1, "svg"), (8, "png"), (13, "svg")):
            with self.subTest(turn=turn):
                self.scenario(turn)
                for number, words in enumerate((
                        ("compare", "s.toml", "-n", 8), ("sweep", "s.toml", "--vary", "p=1,2", "-n", 4),
                        ("sensitivity", "s.toml", "-n", 8, "--outcome", "outcome.left"),
                        ("sensitivity", "s.toml", "--method", "morris", "-n", 4, "--outcome", "outcome.left"))):
                    directory = f"out/{turn}-{number}"
                    self.run_here(*words, "-o", directory)
                    self.run_here("plot", directory, "--format", picture)
                self.run_here("run", "s.toml", "-n", 60, "-o", "study")
                self.run_here("discover", "study", "--outcome", "outcome.left > 30")
                self.run_here("plot", "study/discover", "--format", picture)
                self.assertGreater(len(list(self.pictures("."))), 0 if picture == "svg" else -1)
                self.expect_nothing_outside()
                self.expect_safe_tables()
                subprocess.run(["rm", "-r", str(self.folder / "study")], check=True)

    def test_json_holds_the_texts_and_turns_no_line(self):
        self.scenario(14)
        told = json.loads(self.run_here("explain", "s.toml", "--json").stdout)
        self.assertEqual(told["title"], self.texts[1])
        self.assertEqual(told["assumptions"][0]["note"], self.texts[8])
        self.run_here("run", "s.toml", "-n", 4, "-o", "study")
        record = (self.folder / "study" / "run.json").read_text(encoding="utf-8")
        self.assertEqual(json.loads(record)["scenario"]["title"], self.texts[1])
        self.assertIsNone(FORBIDDEN.search(record))

    def test_commands_that_are_printed_can_be_pasted(self):
        for number, name in enumerate(("it's $(touch canary) `touch canary`; touch canary", "-x y", "two\nlines\ttouch canary",
                                       "\u202Edaer\u001B[31m", "#x & touch canary", "{touch,canary} *~ !x")):
            with self.subTest(name):
                (self.folder / f"{name}.toml").write_text(SCENARIO.format(*['"t"'] * PLACES))
                file = f"./{name}.toml"
                failed = self.run_here("run", file, "-n", 4, "--max-events", 5, f"--output={name}", code=4).stderr
                self.paste(re.search(r"Its trace: (materiel replay .*) \(all failures:", failed)[1], code=4)
                self.assertTrue((self.folder / name / "trace-0.csv").exists())
                self.leave_unfinished(file, f"{name}2")
                told = self.run_here("status", f"./{name}2").stdout
                command = re.search(r"resume it with\n  (.*)\n", told)[1]
                self.paste(command)
                self.assertIn("complete", self.run_here("status", f"./{name}2").stdout)
                self.paste(re.search(r"run it first\n  .*\n  (.*)", self.run_here("plot", file, code=2).stderr)[1], code=2)
                self.assertEqual([path for path in self.home.rglob("canary")], [])

    def leave_unfinished(self, file, directory):
        """An interrupted study."""
        process = self.start("run", file, "-n", RUNS, "--threads", 1, "--keep-every", "0.01s", f"--output={directory}", cwd=self.folder)
        self.wait_until_at_work(process, "one/two/*2/.unfinished/journal*")
        process.send_signal(2)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)

    def paste(self, command, code=0):
        self.assertIsNone(FORBIDDEN.search(command))
        environment = {**os.environ, "PATH": f"{self.home}:{os.environ['PATH']}", "NO_COLOR": "1"}
        result = subprocess.run(["bash", "-c", command], cwd=self.folder, env=environment, capture_output=True, text=True,
                                stdin=subprocess.DEVNULL, timeout=120)
        self.assertEqual(result.returncode, code, f"{command}\n{result.stdout}\n{result.stderr}")
        return result

    def test_messages_name_hostile_files_safely(self):
        name = "\u001B[31mred\u202E.toml"
        (self.folder / name).write_text("format = 1\n[scenario]\nstart = 3\n")
        self.assertIn("?[31mred?.toml", self.run_here("check", name, code=3).stderr)
        self.assertIn("?[31mgone?", self.run_here("check", "\u001B[31mgone\u202E", code=2).stderr)

    def test_files_that_are_compared_are_alternatives_by_plain_words(self):
        names = ["Alabuga, base", "=cmd", "nan", "1e5", "../../up", "Алабуга", "x y in z"]
        for number, name in enumerate(names):
            (self.folder / f"{number}.toml").write_text(SCENARIO.format(json.dumps(name), *['"t"'] * (PLACES - 1)))
        self.run_here("compare", *(f"{number}.toml" for number in range(len(names))), "-n", 4, "-o", "study")
        with open(self.folder / "study" / "runs.csv", newline="", encoding="utf-8") as file:
            runs = list(csv.DictReader(file))
        alternatives = list(dict.fromkeys(row["alternative"] for row in runs))
        self.assertEqual(len(alternatives), len(names))
        for word in alternatives:
            self.assertRegex(word, r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$")
            self.assertIsNone(NUMBER.fullmatch(word))
            self.assertEqual(sum(row["alternative"] == word for row in runs), 4)
            self.run_here("replay", "study", "--run", 2, "--alternative", word)
        self.assertEqual(alternatives[0], "Alabuga-base")
        self.run_here("plot", "study", "--alternative", alternatives[4], "--metric", "stock.*")
        self.expect_nothing_outside_of_study()

    def expect_nothing_outside_of_study(self):
        there = {path.name for path in self.home.iterdir()} | {path.name for path in (self.home / "one").iterdir()}
        self.assertEqual(there, {"scenario.toml", "one", "materiel", "two"})


class NamesOfCsvReaders(ProgramTest):
    def test_names_that_are_values_are_refused_with_what_to_write(self):
        for word in ("na", "nan", "null", "none", "true", "false", "inf", "infinity"):
            for kind in ("item", "site", "parameter", "alternative", "outcome"):
                text = SCENARIO.format(*['"t"'] * PLACES).replace("\n[item.u]", f"\n[{kind}.{word}]\n[item.u]")
                (self.home / "s.toml").write_text(text)
                said = self.run_program("check", "s.toml", code=3).stderr
                self.assertIn(f"'{word}' can't be the name of", said)
                self.assertIn(f"such as '{word}-1'", said)

    def test_a_table_is_read_as_it_was_meant(self):
        (self.home / "s.toml").write_text(SCENARIO.format(*['"t"'] * PLACES))
        self.run_program("run", "s.toml", "-n", 4, "--alternative", "all", "-o", "out")
        missing = {"", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A",
                   "NA", "NULL", "NaN", "None", "n/a", "nan", "null"}  # what pandas.read_csv takes for missing
        for name in ("runs.csv", "series.csv", "summary.csv", "milestones.csv", "ledger.csv"):
            for row in self.rows(f"out/{name}"):
                for column in ("alternative", "metric", "outcome", "milestone", "item", "status"):
                    self.assertNotIn(row.get(column, "t"), missing)


if __name__ == "__main__":
    unittest.main()
