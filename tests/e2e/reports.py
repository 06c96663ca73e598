# SPDX-License-Identifier: EUPL-1.2
"""Reports for tests: well-formed ones to vary, and many from a seed."""
import json
import random

PROGRAMME = "steunpakket-2021"

SPENDING_ITEMS = [("jeugd.activiteiten", "gf-au"), ("jeugd.jongerenwerk", "gf-au"),
                  ("jeugd.mentaal", "gf-au"), ("kwetsbaar.eenzaamheid", "gf-au"),
                  ("kwetsbaar.contact", "gf-au"), ("leefstijl.bewegen", "spuk"),
                  ("leefstijl.interventies", "spuk"), ("overig", "eigen")]
TARGET_GROUPS = ["jongeren", "ouderen", "mantelzorgers", "minima"]


def spending(municipality, period="2021-06", revision=1, **other):
    report = {
        "format": "steun-report/1", "programme": PROGRAMME, "kind": "spending",
        "municipality": municipality, "period": period, "revision": revision,
        "status": "provisional",
        "lines": [{"ref": "GB-1", "item": "jeugd.jongerenwerk", "funding": "gf-au",
                   "spent": "12500.00", "committed": "4000.00"}],
    }
    report.update(other)
    return report


def outreach(municipality, period="2021-06", revision=1, **other):
    report = {
        "format": "steun-report/1", "programme": PROGRAMME, "kind": "outreach",
        "municipality": municipality, "period": period, "revision": revision,
        "status": "provisional",
        "lines": [{"ref": "W-1", "item": "jeugd.jongerenwerk", "target_group": "jongeren",
                   "people_reached": 40, "contact_moments": 100, "activities": 6,
                   "approach": "nieuw", "partners": ["sociaal-werk"], "domains": ["sport"]}],
    }
    report.update(other)
    return report


def withdrawn(report, revision):
    return dict(report, revision=revision, status="withdrawn", lines=[])


def empty(report, revision=1):
    return dict(report, revision=revision, nil=True, lines=[])


def random_spending(source, municipality, period, revision=1):
    """Amounts of every shape that the format allows: strings, integers, numbers."""
    lines = []
    for number, (item, funding) in enumerate(
            source.sample(SPENDING_ITEMS, source.randint(1, len(SPENDING_ITEMS))), 1):
        cents = source.choice([0, 1, 99, source.randint(100, 900_000_00)])
        lines.append({"ref": f"R{number}", "item": item, "funding": funding,
                      "spent": random_amount(source, cents),
                      "committed": random_amount(source, source.randint(0, 50_000_00))})
    return spending(municipality, period, revision, lines=lines)


def random_amount(source, cents):
    form = source.randint(0, 2)
    if form == 0:
        return f"{cents // 100}.{cents % 100:02}"
    if form == 1:
        return cents // 100
    return Exact(f"{cents // 100}.{cents % 100:02}")


class Exact:
    """A JSON number by its own text: no binary rounding can creep in."""

    def __init__(self, text):
        self.text = text


def random_outreach(source, municipality, period, revision=1):
    lines = []
    for number, group in enumerate(source.sample(TARGET_GROUPS, source.randint(1, 4)), 1):
        people = source.randint(0, 5000)
        lines.append({"ref": f"R{number}", "item": source.choice(SPENDING_ITEMS)[0],
                      "target_group": group, "people_reached": people,
                      "contact_moments": people * 2, "activities": source.randint(0, 40)})
    return outreach(municipality, period, revision, lines=lines)


def text_of(report):
    """The report as bytes; numbers keep the text they were made of."""
    return encode(report).encode()


def encode(value):
    """JSON without the library's conversion of numbers."""
    if isinstance(value, Exact):
        return value.text
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(k)}:{encode(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(encode, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def seeded(seed):
    return random.Random(seed)
