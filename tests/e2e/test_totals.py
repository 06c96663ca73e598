# SPDX-License-Identifier: EUPL-1.2
"""The figures: what was sent adds up to what the record says, to the cent."""
import collections
import decimal
import json

import reports
from stream import Stream
from test_verbs import started

SEED = 20210212
MUNICIPALITIES = 25


def year_of_reports(world):
    """Both kinds, every month, with corrections, withdrawals and rejections among them."""
    source = reports.seeded(SEED)
    first, later = [], []
    for _ in range(MUNICIPALITIES):
        code = world.municipality()
        for month in range(1, 13):
            period = f"2021-{month:02}"
            first.append(reports.random_spending(source, code, period))
            first.append(reports.random_outreach(source, code, period))
            chance = source.random()
            if chance < 0.10:
                later.append(reports.random_spending(source, code, period, 2))
            elif chance < 0.15:
                later.append(reports.withdrawn(reports.spending(code, period), 2))
            elif chance < 0.20:
                later.append(reports.empty(reports.outreach(code, period), 2))
            elif chance < 0.25:
                bad = reports.random_spending(source, code, period, 2)
                bad["lines"][0]["spent"] = "1000000.01"
                later.append(bad)
    return first, later


def cents_of(value):
    return decimal.Decimal(value if isinstance(value, str) else str(value))


def current_lines(folder):
    """The lines in force, from the report files that were receipted as accepted and nothing else."""
    latest = {}
    for path in sorted(folder.glob("*.json")):
        report = json.loads(path.read_text(), parse_float=decimal.Decimal)
        key = report["municipality"], report["kind"], report["period"]
        if key not in latest or report["revision"] > latest[key]["revision"]:
            latest[key] = report
    return [(report, line) for report in latest.values() for line in report["lines"]]


def add_up(lines):
    spent = collections.Counter()
    reached = collections.Counter()
    for report, line in lines:
        if report["kind"] == "spending":
            key = report["period"], line["item"], line["funding"]
            spent[key, "spent"] += cents_of(line["spent"])
            spent[key, "committed"] += cents_of(line["committed"])
        else:
            key = report["period"], line["item"], line["target_group"]
            reached[key] += line["people_reached"]
    return spent, reached


def send(world, some_reports, folder):
    """Sends, and keeps a file for each report that was accepted."""
    stream = Stream(world, [reports.text_of(report) for report in some_reports])
    stream.run()
    stream.assert_nothing_lost_nothing_doubled()
    for sent in stream.sent:
        receipt = json.loads(stream.receipts[sent.request].body["receipt"])
        if receipt["verdict"] != "rejected":
            name = receipt["number"].replace("/", "_")
            (folder / f"{name}.json").write_bytes(sent.text)


def test_the_sum_of_what_was_sent_is_what_the_totals_say(world):
    folder = started(world).folder / "sent"
    folder.mkdir()
    first, later = year_of_reports(world)
    send(world, first, folder)
    send(world, later, folder)
    spent, reached = add_up(current_lines(folder))
    assert len(later) > 20 and sum(spent.values()) > 0

    rows = world.database.query(
        "SELECT to_char(period, 'YYYY-MM'), item, funding, sum(spent), sum(committed) "
        "FROM steun.spending_total GROUP BY 1, 2, 3")
    stored = collections.Counter()
    for period, item, funding, amount, committed in rows:
        stored[(period, item, funding), "spent"] += decimal.Decimal(amount)
        stored[(period, item, funding), "committed"] += decimal.Decimal(committed)
    assert +stored == +spent

    rows = world.database.query(
        "SELECT to_char(period, 'YYYY-MM'), item, target_group, sum(people_reached) "
        "FROM steun.outreach_total GROUP BY 1, 2, 3")
    assert +collections.Counter({tuple(r[:3]): int(r[3]) for r in rows}) == +reached
    world.assert_sound()


def test_the_views_say_the_same_as_the_totals(world):
    whole = world.database.value("SELECT sum(spent) FROM steun.spending_total")
    assert decimal.Decimal(whole) > 0
    views = [row[0] for row in world.database.query(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'reporting' "
        "AND column_name = 'spent' AND table_name LIKE 'spending_by_%' "
        "AND table_name <> 'spending_by_department' ORDER BY 1")]
    assert "spending_by_item" in views, views
    for view in views:
        assert world.database.value(f"SELECT sum(spent) FROM reporting.{view}") == whole, view


def test_completeness_never_exceeds_the_whole(world):
    columns = [row[0] for row in world.database.query(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'reporting' "
        "AND table_name = 'completeness'")]
    assert {"expected", "received", "missing"} <= set(columns), columns
    assert world.database.query(
        "SELECT * FROM reporting.completeness WHERE received > expected OR missing < 0") == []
