"""`materiel schema`: a JSON Schema validator accepts every scenario that is shipped, and refuses those whose mistake
lies in what they are made of."""

import copy
import datetime
import json
import os
import pathlib
import subprocess
import tomllib
import unittest

import jsonschema

PROGRAM = os.environ["MATERIEL_PROGRAM"]
SCENARIOS = pathlib.Path(os.environ["MATERIEL_SOURCE_DIR"]) / "scenarios"
INVALID = SCENARIOS / "invalid"

# Wrong scenarios whose mistake no schema can see. The list is exact: a file that the schema refuses must not stand here.
UNSEEN = {
    "alternatives-applied": "a setting that makes the file wrong where it is applied",
    "correlation-impossible": "whether a matrix is positive definite",
    "csv-rows": "the rows of files that a scenario reads",
    "end-before-start": "the order of two dates",
    "ends-before-begins": "the order of two times",
    "opening-stock": "whether a stock fits into a capacity",
    "names-of-missing-values": "whether readers of CSV take a name for a value",
    "not-finite": "JSON has no infinite numbers",
    "observe-uncertain": "whether an expression uses parameters",
    "parameter-cycle": "what expressions use",
    "parameter-unit-beside-dates": "a unit beside dates",
    "route-to-itself": "whether two names are the same",
    "two-metrics-of-one-name": "names of metrics",
    "undefined-item": "whether a name is defined",
    "undefined-milestone": "whether a name is defined",
    "undefined-parameter": "whether a name is defined",
    "undefined-site": "whether a name is defined",
    "year-out-of-range": "the size of a year",
}


def plain(value):
    """TOML as JSON has it: editors hand dates to the schema as texts."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value


def read(path):
    """The scenario, or nothing if it isn't TOML at all."""
    try:
        return plain(tomllib.loads(path.read_bytes().decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return None


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        text = subprocess.run([PROGRAM, "schema"], check=True, capture_output=True, text=True).stdout
        cls.schema = json.loads(text)
        jsonschema.Draft7Validator.check_schema(cls.schema)
        cls.validator = jsonschema.Draft7Validator(cls.schema)

    def accepts(self, scenario):
        return self.validator.is_valid(scenario)

    def test_every_shipped_scenario_is_accepted(self):
        paths = [path for path in sorted(SCENARIOS.rglob("*.toml")) if INVALID not in path.parents]
        self.assertGreaterEqual(len(paths), 3)
        for path in paths:
            errors = [f"{list(e.absolute_path)}: {e.message[:300]}" for e in self.validator.iter_errors(read(path))]
            self.assertEqual(errors, [], path)

    def test_the_starter_is_accepted(self):
        starter = subprocess.run([PROGRAM, "init", "-"], check=True, capture_output=True, text=True).stdout
        self.assertTrue(self.accepts(plain(tomllib.loads(starter))))

    def test_wrong_scenarios_are_refused_but_for_those_listed(self):
        accepted, refused = set(), set()
        for path in sorted(INVALID.glob("*.toml")):
            scenario = read(path)
            if scenario is not None:
                (accepted if self.accepts(scenario) else refused).add(path.stem)
        self.assertEqual(accepted, set(UNSEEN))
        self.assertGreater(len(refused), 50)

    def test_one_mistake_in_a_right_scenario_is_seen(self):
        right = read(SCENARIOS / "tutorial" / "2-small-network.toml")
        self.assertTrue(self.accepts(right))
        for path, value in (
            (("format",), 2),
            (("scenario", "start"), None),
            (("scenario", "startt"), "2024-01-01"),
            (("route", "convoy", "transit"), None),
            (("route", "convoy", "attrition"), 1.5),
            (("route", "convoy", "vehicles"), 2.5),
            (("route", "convoy", "vehicles"), 0),
            (("route", "convoy", "items"), []),
            (("route", "convoy", "from"), "Plant"),
            (("route", "convoy", "order"), {"point": 3}),
            (("demand", "battery", "unmet"), "backlogged"),
            (("demand", "battery", "size"), None),
            (("demand", "battery", "rate"), 3),
            (("demand", "battery", "size", "dist"), "negativ_binomial"),
            (("demand", "battery", "size", "dispersion"), None),
            (("demand", "battery", "size"), "2024-01-01"),
            (("production", "plant", "rate", "ramp"), "straight"),
            (("production", "plant", "rate", "lasts"), None),
            (("parameter", "opens", "mode"), None),
            (("parameter", "opens", "value"), 3),
            (("parameter", "opens", "grade"), "G1"),
            (("milestone", "empty", "metric"), "stocks.depot.shell"),
            (("milestone", "empty", "reaches"), 3),
            (("alternative",), {"x": {"set": {"scenario.end": "2030-01-01"}}}),
            (("disruption",), {"x": {"at": 3, "targets": ["plant"], "factor": 0, "lasts": 3}}),
            (("correlation",), {"pairs": [["opens", "slip", 1.5]]}),
        ):
            wrong = copy.deepcopy(right)
            table = wrong
            for key in path[:-1]:
                table = table[key]
            if value is None:
                del table[path[-1]]
            else:
                table[path[-1]] = value
            self.assertFalse(self.accepts(wrong), f"{path} = {value}")

    def test_every_form_of_a_value_is_accepted(self):
        right = read(SCENARIOS / "tutorial" / "2-small-network.toml")
        for path, value in (
            (("parameter", "opens"), {"value": "2024-03-01"}),
            (("parameter", "opens"), {"dist": "empirical", "csv": "a.csv", "column": "b", "unit": "day"}),
            (("parameter", "opens"), {"dist": "quantiles", "p": [0, 1], "x": ["2024-01-01", "2024-03-01"]}),
            (("parameter", "opens"), {"dist": "lognormal", "p05": 3, "p95": 9}),
            (("route", "convoy", "transit"), True),
            (("route", "convoy", "transit"), {"dist": "constant", "value": 3}),
            (("route", "convoy", "order"), {"point": 3, "quantity": 9, "review": "continuous"}),
            (("route", "convoy", "closed"), [{"from": "2024-03-01", "to": "opens + 30"}]),
            (("production", "plant", "rate"), {"points": [["2024-01-01", "5/month"], [30, 1]], "seasonal": [1] * 12}),
            (("production", "plant", "breakdowns"), {"uptime": {"dist": "exponential", "mean": 30}, "repair": 2}),
            (("production", "plant", "learning"), {"slope": 0.85, "reference": 100}),
            (("site", "depot", "capacity"), 900),
            (("demand", "battery", "states"), {"quiet": {"mean": 20}, "surge": {"mean": 5, "next": {"quiet": 1}}}),
            (("disruption",), {"x": {"after": "empty", "targets": ["production.plant", "route.*"], "factor": 0.5,
                                     "lasts": 9, "recovery": {"linear": 9}, "chance": 0.5}}),
            (("exchange",), {"x": {"for": {"site": "depot", "item": "shell", "quantity": 10},
                                   "gives": {"site": "port", "item": "fuze", "quantity": 0.5}}}),
            (("alternative",), {"x": {"extends": "y", "set": {"route.convoy.capacity": 40}}}),
            (("correlation",), {"pairs": [["opens", "customs", -0.4]]}),
        ):
            changed = copy.deepcopy(right)
            table = changed
            for key in path[:-1]:
                table = table[key]
            table[path[-1]] = value
            errors = [f"{list(e.absolute_path)}: {e.message[:300]}" for e in self.validator.iter_errors(changed)]
            self.assertEqual(errors, [], f"{path} = {value}")


if __name__ == "__main__":
    unittest.main()
