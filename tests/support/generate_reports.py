#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Generates a year of reports for the demo: 352 municipalities, twelve months, both kinds.

    generate_reports.py FOLDER [SEED]

Writes FOLDER/ROUND/PROVINCE/MUNICIPALITY_PERIOD_KIND_rN.json: one round a month, in the order of
sending; a round holds the reports of the month before it and what came late for the month before
that. Amounts add up to plausible shares of the real budgets, spread by inhabitants. A few reports
carry a warning, a few an error that a second revision corrects, a few come late, a few never. The
same seed gives the same files. FOLDER/manifest.json counts what was made.
"""
import csv
import json
import pathlib
import random
import sys
from decimal import Decimal

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMME = "steunpakket-2021"
YEAR = 2021
PERIODS = [f"{YEAR}-{month:02}" for month in range(1, 13)]
MISSING, LATE, ERRONEOUS, WARNED, NIL = 0.003, 0.004, 0.01, 0.018, 0.004

# Items that municipalities carry out: target group, EUR per person reached, partners, domains.
OUTREACH = {
    "jeugd.activiteiten": ("jongeren", 38, ["jongerenorganisatie", "sportaanbieder"], ["sport", "cultuur"]),
    "jeugd.jongerenwerk": ("jongeren", 95, ["jeugd-en-jongerenwerk"], ["welzijn"]),
    "jeugd.mentaal": ("jongeren", 210, ["ggd", "onderwijs"], ["gezondheid", "onderwijs"]),
    "kwetsbaar.eenzaamheid": ("ouderen", 72, ["ouderenbond", "sociaal-werk"], ["eenzaamheid", "welzijn"]),
    "kwetsbaar.contact": ("psychisch-kwetsbaar", 88, ["sociaal-werk", "huisarts"], ["welzijn", "gezondheid"]),
    "kwetsbaar.huisvesting": ("dak-en-thuisloos", 640, ["sociaal-werk"], ["welzijn"]),
    "leefstijl.bewegen": ("minima", 45, ["sportaanbieder"], ["sport", "leefstijl"]),
    "leefstijl.interventies": ("minima", 120, ["ggd", "huisarts"], ["leefstijl", "gezondheid"]),
}
CITY_ITEMS = {"kwetsbaar.huisvesting": 90000}  # Only municipalities with this many inhabitants.


def cents(amount):
    return f"{Decimal(round(amount * 100)) / 100:.2f}"


def inhabitants_of(row):
    """Two municipalities grew by a split in 2021, and their new number is not known."""
    return int(row["population"] or 30000)


class Municipality:
    """What one municipality does all year: how much of each budget, and how well it reaches people."""

    def __init__(self, row, items, inhabitants, source):
        self.code, self.province = row["code"], row["province_code"]
        population = inhabitants_of(row)
        self.population = population
        self.shares, self.costs, self.fundings = {}, {}, {}
        for item, (budget, funding, all_inhabitants) in items.items():
            if population < CITY_ITEMS.get(item, 0):
                continue
            share = budget * population / all_inhabitants * source.uniform(0.62, 0.97)
            self.shares[item] = share / 12
            self.costs[item] = OUTREACH[item][1] * source.uniform(0.85, 1.2)
            self.fundings[item] = funding
        self.contacts = source.uniform(1.4, 2.6)
        self.own_means = source.random() < 0.12 and inhabitants > 0

    def amounts(self, source):
        return {item: share * source.uniform(0.88, 1.12) for item, share in self.shares.items()}


class Year:
    """All reports, in memory, before they are written."""

    def __init__(self, seed):
        self.source = random.Random(seed)
        self.counts = {"reports": 0, "corrections": 0, "late": 0, "missing": 0, "warned": 0,
                       "erroneous": 0, "nil": 0}
        self.files = []
        self.municipalities = self.read_municipalities()

    def read_municipalities(self):
        programme = yaml.safe_load((ROOT / "config/programmes" / f"{PROGRAMME}.yaml").read_text())
        facts = {i["id"]: (i["budget"], i["funding"]) for i in programme["items"] if i["id"] in OUTREACH}
        with open(ROOT / "config/municipalities.csv", encoding="utf-8") as table:
            rows = [r for r in csv.DictReader(table)
                    if (r["valid_from"] or "2021-01-01") <= "2021-01-01"
                    and (r["valid_until"] or "9999") > "2021-12-31"]
        everybody = sum(inhabitants_of(r) for r in rows)
        cities = sum(inhabitants_of(r) for r in rows if inhabitants_of(r) >= 90000)
        items = {i: (b, f, cities if i in CITY_ITEMS else everybody) for i, (b, f) in facts.items()}
        return [Municipality(r, items, everybody, self.source) for r in rows]

    def head(self, municipality, period, kind, revision):
        return {"format": "steun-report/1", "programme": PROGRAMME, "kind": kind,
                "municipality": municipality.code, "period": period, "revision": revision,
                "status": "provisional"}

    def spending(self, municipality, period, amounts):
        lines = []
        for number, (item, amount) in enumerate(amounts.items(), 1):
            lines.append({"ref": f"GB-{period[5:]}{number:02}", "item": item,
                          "funding": municipality.fundings[item], "spent": cents(amount),
                          "committed": cents(amount * self.source.uniform(0.1, 0.4))})
        if municipality.own_means:
            amount = next(iter(amounts.values())) * 0.1
            lines.append({"ref": f"GB-{period[5:]}90", "item": next(iter(amounts)), "funding": "eigen",
                          "spent": cents(amount), "committed": "0.00"})
        return lines

    def outreach(self, municipality, amounts):
        lines = []
        for number, (item, amount) in enumerate(amounts.items(), 1):
            group, _, partners, domains = OUTREACH[item]
            people = max(1, round(amount / municipality.costs[item]))
            contacts = round(people * municipality.contacts * self.source.uniform(0.9, 1.1)) + 1
            lines.append({"ref": f"W-{number:02}", "item": item, "target_group": group,
                          "people_reached": people, "contact_moments": max(contacts, people),
                          "activities": max(1, people // 12),
                          "approach": "nieuw" if self.source.random() < 0.2 else "intensivering",
                          "partners": partners, "domains": domains})
        return lines

    def add_mistake(self, report):
        """Something that blocks, as people get it wrong."""
        line = self.source.choice(report["lines"])
        mistakes = ["twice", "unknown"]
        mistakes += ["decimals", "funding"] if report["kind"] == "spending" else ["contacts", "group"]
        mistake = self.source.choice(mistakes)
        if mistake == "twice":
            report["lines"].append(dict(line))
        elif mistake == "unknown":
            line["item"] = line["item"].replace("jeugd", "jongeren").replace("kwetsbaar.", "kwetsbaar-")
            line["item"] = line["item"].replace("leefstijl", "levensstijl")
        elif mistake == "decimals":
            line["spent"] += "5"
        elif mistake == "funding":
            line["funding"] = "gf-du" if line["funding"] != "gf-du" else "spuk"
        elif mistake == "contacts":
            line["contact_moments"] = line["people_reached"] // 2
            line["people_reached"] += 1
        elif mistake == "group":
            line["target_group"] = "jeugd"

    def add_warning(self, report):
        """Something odd but true: invoices of two months booked in one, a drive that reached many."""
        line = max(report["lines"], key=lambda l: Decimal(l.get("spent", 0)) + l.get("people_reached", 0))
        if report["kind"] == "spending":
            line["spent"] = cents(float(line["spent"]) * self.source.uniform(2.0, 2.4))
            text = "Facturen over twee maanden zijn in deze maand geboekt."
        else:
            line["people_reached"] *= 6
            line["contact_moments"] = max(line["contact_moments"] * 6, line["people_reached"])
            text = "Een eenmalige actie bereikte deze maand veel meer mensen."
        return line["ref"], text

    def put(self, round_name, municipality, report):
        name = f"{report['municipality']}_{report['period']}_{report['kind']}_r{report['revision']}.json"
        self.files.append((round_name, municipality.province, name, report))

    def add_report(self, municipality, month, kind, lines):
        period = PERIODS[month]
        draw = self.source.random()
        is_late = LATE > self.source.random()
        round_name = f"{month + 1 + is_late:02}"
        self.counts["late"] += is_late
        self.counts["reports"] += 1
        report = self.head(municipality, period, kind, 1)
        if draw < NIL:
            self.counts["nil"] += 1
            self.put(round_name, municipality, dict(report, nil=True, lines=[]))
            return
        report["lines"] = lines
        if draw < NIL + ERRONEOUS:
            self.counts["erroneous"] += 1
            self.counts["corrections"] += 1
            wrong = json.loads(json.dumps(report))
            self.add_mistake(wrong)
            self.put(round_name, municipality, wrong)
            report = dict(report, revision=2)
        elif draw < NIL + ERRONEOUS + WARNED and month > 0:
            self.counts["warned"] += 1
            self.add_explained_warning(report)
        self.put(round_name, municipality, report)

    def add_explained_warning(self, report):
        reference, text = self.add_warning(report)
        number = next(n for n, line in enumerate(report["lines"], 1) if line["ref"] == reference)
        rules = WARNING_RULES[report["kind"]]
        report["explanations"] = [{"rule": rule, "line": number, "text": text} for rule in rules]

    def make(self):
        for month, period in enumerate(PERIODS):
            for municipality in self.municipalities:
                amounts = municipality.amounts(self.source)
                for kind in ("spending", "outreach"):
                    if self.source.random() < MISSING:
                        self.counts["missing"] += 1
                        continue
                    lines = (self.spending(municipality, period, amounts) if kind == "spending"
                             else self.outreach(municipality, amounts))
                    self.add_report(municipality, month, kind, lines)

    def write(self, folder):
        for round_name, province, name, report in self.files:
            place = folder / round_name / province
            place.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
        self.counts["files"] = len(self.files)
        (folder / "manifest.json").write_text(json.dumps(self.counts, indent=1) + "\n")


# The rules that an odd figure of each kind meets.
WARNING_RULES = {"spending": ["B-210"], "outreach": ["B-309"]}


def main():
    folder = pathlib.Path(sys.argv[1])
    year = Year(int(sys.argv[2]) if len(sys.argv) > 2 else 2021)
    year.make()
    year.write(folder)
    print(json.dumps(year.counts))


if __name__ == "__main__":
    main()
