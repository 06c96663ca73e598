#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Holds the JSON Schema of reports against the decoder: what one accepts, the other does too.

Samples are the shipped ones, the hand-written cases of tests/cases/report and mutants of the good
ones from a fixed seed. Where the schema accepts and the decoder does not, every finding must be of
an id in UNSAYABLE, which is the whole list of what a JSON Schema cannot say. The list is held to
be exact: each entry must be met with, and every other structural finding must be met with too.

The cases (see README in their folder) also say which findings there must be, exactly.
"""
import copy
import decimal
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import jsonschema
from jsonschema import validators

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / ".build"))
TOOL = BUILD / os.environ.get("VARIANT", "release") / "tools" / "decode_report"
PROGRAMME = ROOT / "config/programmes/steunpakket-2021.yaml"
SCHEMA = ROOT / "config/steun-report-1.schema.json"
SAMPLES = ROOT / "config/samples"
CASES = ROOT / "tests/cases/report"
SEED = 20210212
MUTANTS = 3000


def always(_value):
    return True


def is_number(value):
    return isinstance(value, (int, decimal.Decimal)) and not isinstance(value, bool)


# What JSON Schema cannot say, by structural finding: when (of the value at fault), and why. What
# is no structural finding at all is in neither: that a municipality exists and is the sender's,
# that a revision is a later one, and all that the rules judge.
UNSAYABLE = {
    "S-003": (always, "a validator sees an object after its repeated keys have become one"),
    "S-007": (always, "whether a lone surrogate reaches a validator depends on its language"),
    "S-009": (always, "which programmes there are is known to the server"),
    "S-013": (always, "when a programme runs is known to the programme"),
    "S-015": (is_number, "a schema sees a number's value, not how it is written: 1.0, 1e3, -0"),
    "S-018": (is_number, "multipleOf 0.01 would refuse 1.10 where a validator counts in binary"),
    "S-027": (always, "the 11-test of a citizen service number adds up digits"),
    "S-028": (always, "items are the programme's"),
    "S-029": (always, "funding lines are the programme's"),
    "S-030": (always, "target groups are the programme's"),
    "S-031": (always, "approaches are the programme's"),
    "S-032": (always, "partners are the programme's"),
    "S-033": (always, "domains are the programme's"),
    "S-034": (always, "uniqueness by two members of an element has no keyword"),
    "S-036": (always, "no keyword compares a number with the length of another array"),
}

# Tells that findings were left out; it is about the answer, and not about the report.
ABOUT_THE_ANSWER = {"S-999"}


# Writing: dicts with two marks, so that a sample can hold what json.dumps would never write.

class Raw(str):
    """A value written as it stands: a number's spelling."""


REPEATED = "@repeated:"  # Before a key: written without it, beside the key of that name.


def write(value):
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        members = (f"{json.dumps(k.removeprefix(REPEATED))}: {write(v)}" for k, v in value.items())
        return "{" + ", ".join(members) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(write(v) for v in value) + "]"
    if isinstance(value, decimal.Decimal):
        return str(value)
    return json.dumps(value)


def read(text):
    """As the decoder reads: the first of repeated keys, and numbers exactly."""
    def first_of_each(pairs):
        members = {}
        for key, value in pairs:
            members.setdefault(key, value)
        return members

    def refuse(word):
        raise ValueError(f"{word} is no JSON")
    return json.loads(text, object_pairs_hook=first_of_each, parse_float=decimal.Decimal,
                      parse_constant=refuse)


# The schema, as the standard has it: patterns as in ECMA-262, whose $ is the end and nothing else,
# and integers by value.

def match_pattern(_validator, pattern, instance, _schema):
    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


def is_integer(_checker, value):
    if isinstance(value, bool) or not is_number(value):
        return False
    return isinstance(value, int) or value == value.to_integral_value()


def load_validator():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    base = jsonschema.Draft202012Validator
    base.check_schema(schema)
    checker = base.TYPE_CHECKER.redefine("integer", is_integer)
    return validators.extend(base, {"pattern": match_pattern}, type_checker=checker)(schema)


# JSON pointers.

def steps(pointer):
    parts = pointer.split("/")[1:]
    return [part.replace("~1", "/").replace("~0", "~") for part in parts]


def look_up(document, pointer):
    """The value there, or None: findings may point at what is missing."""
    try:
        for step in steps(pointer):
            document = document[int(step) if isinstance(document, list) else step]
        return document
    except (KeyError, IndexError, TypeError, ValueError):
        return None


def change(document, pointer, value):
    *path, last = steps(pointer)
    for step in path:
        document = document[int(step) if isinstance(document, list) else step]
    if not isinstance(document, list):
        document[last] = value
    elif last == "-":
        document.append(value)
    else:
        document[int(last)] = value


def remove(document, pointer):
    *path, last = steps(pointer)
    for step in path:
        document = document[int(step) if isinstance(document, list) else step]
    del document[int(last) if isinstance(document, list) else last]


# Samples: name -> (bytes, expected result or None, expected findings or None).

def sample(name):
    return read((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def unmark(value):
    """In a case, {"written": "1e3"} stands for a number spelled like that."""
    if isinstance(value, dict) and list(value) == ["written"]:
        return Raw(value["written"])
    if isinstance(value, dict):
        return {key: unmark(member) for key, member in value.items()}
    if isinstance(value, list):
        return [unmark(element) for element in value]
    return value


def text_of_case(case):
    if "text" in case:
        return case["text"].encode("utf-8", "surrogatepass")
    if "sample" in case:
        return (SAMPLES / f"{case['sample']}.json").read_bytes()
    report = sample(case["base"])
    for pointer, value in case.get("set", {}).items():
        change(report, pointer, unmark(value))
    for pointer in case.get("remove", []):
        remove(report, pointer)
    return write(report).encode()


def load_cases():
    cases = {}
    for path in sorted(CASES.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            name = f"{path.stem}/{case['case']}"
            assert name not in cases, f"{name}: there are two cases of that name"
            result = case.get("result", "unsound" if case["find"] else "sound")
            cases[name] = (text_of_case(case), result, case["find"])
    return cases


def load_limits():
    """What is too long to write down as a case."""
    def explained(count, length):
        return write(dict(sample("nil"), explanations=[{"rule": "B-1", "text": "x" * length}] * count))
    text = "/explanations/0/text"
    return {
        "limits/500_explanations": (explained(500, 1).encode(), "sound", []),
        "limits/501_explanations": (explained(501, 1).encode(), "unsound", ["S-024 /explanations"]),
        "limits/500_characters": (explained(1, 500).encode(), "sound", []),
        "limits/501_characters": (explained(1, 501).encode(), "unsound", [f"S-026 {text}"]),
    }


VALUES = [None, True, False, 0, 1, -1, 500, 501, 9999, 10000, 10**7, 10**7 + 1, 10**12, -10**13,
          "", "0", "1", "-1", "-0", "0.00", "1.5", "1.50", "1.500", "12.500,00", "1e3", " 1", "1\n",
          "000000000000", "0000000000000", "999999999999.99", "9999999999999", "x" * 40, "x" * 41,
          "€" * 40, "y" * 64, "y" * 65, "z" * 500, "z" * 501, "spending", "outreach", "provisional",
          "final", "withdrawn", "unknown", "steun-report/1", "steun-report/2", "steunpakket-2021",
          "GM0451", "GM9999", "GM0451\n", "gm0451", "2021-06", "2021-13", "2020-12", "2023-01",
          "1999-01", "3000-01", "2021-06\n", "overig", "eigen", "minima", "nieuw", "ggd", "sport",
          "a\u0000b", "\ud800", "😀", "123456782", "naam@gemeente.example", [], {}, [[]], [{}],
          ["ggd", "ggd"], ["ggd", None], {"a": 1}, [1, 2, 3]]
NUMBERS = ["-0", "-0.0", "-0.00", "0.0", "1.0", "1.00", "1.000", "1.10", "0.001", "1e3", "1E-2", "5e0",
           "-5", "-1.25", "-0.001", "12345678901234567890", "999999999999.99", "999999999999.994",
           "1000000000000", "10000000", "10000000.0", "1e400", "-1e-400"]


def places(document, pointer=()):
    """Everything in a document that can be changed: paths of keys and indices."""
    found = [pointer] if pointer else []
    if isinstance(document, dict):
        for key, value in document.items():
            found += places(value, pointer + (key,))
    elif isinstance(document, list):
        for index, value in enumerate(document):
            found += places(value, pointer + (index,))
    return found


def holder_of(document, path):
    for step in path[:-1]:
        document = document[step]
    return document


def pick(source, report):
    path = source.choice(places(report))
    return holder_of(report, path), path[-1]


def mutate_value(source, report):
    holder, key = pick(source, report)
    holder[key] = copy.deepcopy(source.choice(VALUES))


def mutate_number(source, report):
    numbers = [p for p in places(report) if p[-1] in (
        "revision", "spent", "committed", "people_reached", "contact_moments", "activities", "line")]
    path = source.choice(numbers)
    holder_of(report, path)[path[-1]] = Raw(source.choice(NUMBERS))


def mutate_header(source, report):
    key = source.choice(["kind", "status", "nil", "period", "lines", "explanations", "format"])
    report[key] = copy.deepcopy(source.choice(
        ["spending", "outreach", "withdrawn", "final", True, False, "2022-12", [], "steun-report/1"]))


def mutate_away(source, report):
    holder, key = pick(source, report)
    del holder[key]


def mutate_name(source, report):
    holder, key = pick(source, report)
    if isinstance(holder, dict):
        holder[source.choice([str(key) + "s", str(key).upper(), "", "a/b~c", "people_reached",
                              "funding", "lines", "line"])] = holder.pop(key)


def mutate_twice(source, report):
    holder, key = pick(source, report)
    if isinstance(holder, dict) and not str(key).startswith(REPEATED):
        holder[REPEATED + str(key)] = copy.deepcopy(source.choice([holder[key], 1, "x"]))
    elif isinstance(holder, list):
        holder.insert(source.randint(0, len(holder)), copy.deepcopy(holder[key]))


def mutate_place(source, report):
    holder, key = pick(source, report)
    other, other_key = pick(source, report)
    holder[key] = copy.deepcopy(other[other_key])


def mutate_text(source, report):
    holder, key = pick(source, report)
    text = holder[key]
    if isinstance(text, str) and not isinstance(text, Raw):
        at = source.randint(0, len(text))
        extra = source.choice(["\n", "\u0000", "\ud800", "é", "😀", "0", ".", "-", " ", "x" * 40])
        holder[key] = text[:at] + extra + text[at + source.randint(0, 1):]


MUTATIONS = [mutate_value, mutate_value, mutate_number, mutate_header, mutate_away, mutate_name,
             mutate_twice, mutate_place, mutate_text]


def load_mutants():
    source = random.Random(SEED)
    good = [sample(name) for name in ("spending", "outreach", "nil", "withdrawn")]
    mutants = {}
    for number in range(MUTANTS):
        report = copy.deepcopy(source.choices(good, weights=[6, 6, 1, 1])[0])
        for _ in range(source.choice([1, 1, 1, 2, 3])):
            if places(report):
                try:
                    source.choice(MUTATIONS)(source, report)
                except (IndexError, RecursionError):
                    pass  # Nothing there to change in this way, or a place put into itself.
        mutants[f"mutant/{number}"] = (write(report).encode(), None, None)
    return mutants


# Judging.

def decode_all(samples):
    """What the decoder says, by name: (result, [(rule, path)])."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for number, (name, (text, _, _)) in enumerate(samples.items()):
            paths[name] = pathlib.Path(folder) / str(number)
            paths[name].write_bytes(text)
        run = subprocess.run([TOOL, PROGRAMME, *paths.values()], stdout=subprocess.PIPE, check=True)
    said = {}
    for name, line in zip(samples, run.stdout.decode().splitlines(), strict=True):
        answer = json.loads(line)
        assert answer["file"] == str(paths[name])
        said[name] = (answer["result"], [(f["rule"], f["path"]) for f in answer["findings"]])
    return said


class Verdicts:
    """Compares, sample by sample, and remembers which ids were met with and how."""

    def __init__(self):
        self.validator = load_validator()
        self.told_alone = set()  # Ids of UNSAYABLE that refused what the schema accepted.
        self.told_both = set()   # Ids by which alone the decoder refused what the schema refused.
        self.trouble = []

    def compare(self, name, text, findings):
        document = read(text.decode())
        error = jsonschema.exceptions.best_match(self.validator.iter_errors(document))
        findings = [(rule, path) for rule, path in findings if rule not in ABOUT_THE_ANSWER]
        if not findings and error is not None:
            self.trouble.append(f"{name}: only the schema refuses: {error.message[:200]}")
        if findings and error is None:
            self.excuse(name, document, findings)
        if error is not None and len({rule for rule, _ in findings}) == 1:
            self.told_both.add(findings[0][0])

    def excuse(self, name, document, findings):
        for rule, path in findings:
            applies, _ = UNSAYABLE.get(rule, (None, None))
            if applies is None or not applies(look_up(document, path)):
                self.trouble.append(f"{name}: only the decoder refuses: {rule} {path}")
            else:
                self.told_alone.add(rule)

    def expect(self, name, expected, said):
        result, findings = expected[0], sorted(expected[1])
        if result is None:
            return
        found = sorted(f"{rule} {path}" for rule, path in said[1])
        if said[0] != result or found != findings:
            self.trouble.append(f"{name}: expected {result} {findings}, got {said[0]} {found}")

    def demand_exactness(self, ids):
        for rule in sorted(set(UNSAYABLE) - self.told_alone):
            self.trouble.append(f"{rule} is said to be unsayable, but no sample shows it")
        for rule in sorted(ids - set(UNSAYABLE) - self.told_both - ABOUT_THE_ANSWER):
            self.trouble.append(f"no sample shows that the schema refuses what {rule} refuses")


def structural_ids():
    source = (ROOT / "daemon/report/structural.c").read_text(encoding="utf-8")
    return set(re.findall(r'\{"(S-\d{3})"', source))


def check():
    """Returns the number of samples and the list of what is wrong."""
    samples = {**load_cases(), **load_limits(), **load_mutants()}
    said = decode_all(samples)
    verdicts = Verdicts()
    refused = 0
    for name, (text, result, findings) in samples.items():
        verdicts.expect(name, (result, findings or []), said[name])
        refused += said[name][0] != "sound"
        if said[name][0] != "not-json":
            verdicts.compare(name, text, said[name][1])
    verdicts.demand_exactness(structural_ids())
    print(f"{len(samples)} samples, of which the decoder refuses {refused}")
    return len(samples), verdicts.trouble


def main():
    count, trouble = check()
    for line in trouble[:50]:
        print(line)
    failed = min(len(trouble), count)
    print(f"{count - failed} passed, {failed} failed")
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
