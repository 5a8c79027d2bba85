"""Whatever key is left out of a scenario, every command works or refuses it: tests/complete has every key."""

import copy
import datetime
import json
import os
import pathlib
import tomllib
import unittest

from program import ProgramTest

COMPLETE = pathlib.Path(__file__).parents[1] / "complete"
SHORTER = 1 if os.environ.get("MATERIEL_HARNESS") == "full" else 3  # tools/soak takes every key

# In turn, one for each key: what reads a scenario in its own way. The library's own test takes every key alone and in pairs.
COMMANDS = [
    ["check", "{}"],
    ["run", "{}", "-n", 2, "--threads", 1, "-q", "-o", "run"],
    ["explain", "{}", "--json", "-o", "explained"],
    ["run", "{}", "--alternative", "all", "-n", 2, "--replications", 2, "--threads", 1, "-q", "-o", "nested"],
    ["compare", "{}", "-n", 2, "--outcome", "stock.*", "--threads", 1, "-q", "-o", "compared"],
    ["sweep", "{}", "--vary", "site.b.stock.x=1,2", "-n", 2, "--threads", 1, "-q", "-o", "swept"],
    ["sensitivity", "{}", "-n", 4, "--outcome", "stock.*", "--threads", 1, "-q", "-o", "sensed"],
    ["slurm", "{}", "-n", 4, "--shards", 2, "-o", "batch"],
]


def text_of(value):
    """TOML of a value, tables inside of lines."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {text_of(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(text_of(one) for one in value) + "]"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return json.dumps(value)


def scenario_text(file):
    lines = []
    for kind, section in file.items():
        if kind in ("scenario", "observe", "correlation"):
            lines += [f"[{kind}]"] + [f"{key} = {text_of(value)}" for key, value in section.items()]
        elif isinstance(section, dict):
            for name, table in section.items():
                lines += [f"[{kind}.{name}]"] + [f"{key} = {text_of(value)}" for key, value in table.items()]
        else:
            lines.insert(0, f"{kind} = {text_of(section)}")
    return "\n".join(lines) + "\n"


def paths(node, path=()):
    """Of every key, but names of sections."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield (*path, key)
            yield from paths(value, (*path, key))
    if isinstance(node, list):
        for i, value in enumerate(node):
            yield from paths(value, (*path, i))


def without(file, path):
    changed = copy.deepcopy(file)
    holder = changed
    for part in path[:-1]:
        holder = holder[part]
    del holder[path[-1]]
    return changed


class OptionalKeys(ProgramTest):
    def try_command(self, words, what):
        done = self.run_program(*words, code=None)
        said = f"{what}: {words}\n{done.stdout[-500:]}\n{done.stderr[-2000:]}"
        self.assertIn(done.returncode, (0, 2, 3, 4), said)  # and not 1, an internal error, or a signal
        self.assertNotIn("terminate called", done.stderr, said)
        if done.returncode != 0:
            self.assertIn("error: ", done.stderr, said)
        return done.returncode

    def test_every_command_with_each_key_absent(self):
        number, codes = 0, {0: 0, 2: 0, 3: 0, 4: 0}
        for source in sorted(COMPLETE.glob("*.toml")):
            file = tomllib.loads(source.read_text())
            for path in paths(file):
                number += 1
                if number % SHORTER != 0:
                    continue
                name = f"s{number}.toml"
                what = f"{source.name} without {'.'.join(map(str, path))}"
                (self.home / name).write_text(scenario_text(without(file, path)))
                words = [name if word == "{}" else word for word in COMMANDS[number % len(COMMANDS)]]
                codes[self.try_command(words if "-o" not in words else [*words[:-1], f"{words[-1]}{number}"], what)] += 1
        self.assertGreater(codes[0], 100 // SHORTER)
        self.assertGreater(codes[3], 50 // SHORTER)


if __name__ == "__main__":
    unittest.main()
