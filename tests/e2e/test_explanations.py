# SPDX-License-Identifier: EUPL-1.2
"""A warning and its answer, all the way: told, explained, marked, stored and shown."""
import json

import reports
from client import receipt_of, rules_of
from test_client import Desk, outcomes
from test_verbs import started

# E-101 may be explained, E-102 must be, E-103 takes no answer, E-104 is made of one rule by for_each.
RULES = """\
# SPDX-License-Identifier: EUPL-1.2
ruleset: steunpakket-2021
version: 1
rules:
""" + "".join(f"""\
  - id: {name}
    kind: {kind}
{more}    scope: line
    severity: warning
    explanation: {explanation}
    assert: '{claim}'
    at: {at}
    message:
      nl: 'Dat is veel: {{{{{at}}}}}.'
      en: 'That is much: {{{{{at}}}}}.'
    examples:
      pass: [{{line: {good}}}]
      fail: [{{line: {bad}}}]
""" for name, kind, explanation, claim, at, good, bad, more in [
    ("E-101", "spending", "allowed", "line.spent <= 1000.00", "line.spent", '{spent: "1.00"}',
     '{spent: "1000.01"}', ""),
    ("E-102", "spending", "required", "line.spent <= 5000.00", "line.spent", '{spent: "1.00"}',
     '{spent: "5000.01"}', ""),
    ("E-103", "spending", "none", "line.committed <= 9000.00", "line.committed", '{committed: "1.00"}',
     '{committed: "9000.01"}', ""),
    ("E-104", "outreach", "allowed", "line.item != each.id || line.people_reached <= 10",
     "line.people_reached", "{item: overig, people_reached: 1}", "{item: overig, people_reached: 11}",
     "    for_each: item\n"),
])

STRANGE = [
    'Regel één\nregel twee\ttab',
    "<script>alert('x')</script> & \"aanhalingstekens\"",
    "\u202egnp.exe\u2066 \u200bonzichtbaar",
    "'); DROP TABLE steun.finding; --",
    "\\x1b[31m \\u001b $$ %s %n {{line.spent}}",
    "😀" * 500,
]


def with_rules(world):
    if world.daemon.process is None:
        (world.folder / "rules" / "test.yaml").write_text(RULES)
    return started(world)


def spending(code, *amounts, explanations=None, **other):
    pairs = reports.SPENDING_ITEMS
    lines = [{"ref": f"R{n}", "item": pairs[n][0], "funding": pairs[n][1], "spent": amount,
              "committed": "0.00"} for n, amount in enumerate(amounts)]
    report = reports.spending(code, lines=lines, **other)
    return dict(report, explanations=explanations) if explanations else report


def answers_to(answer):
    """Which findings of a receipt are explained, by rule and line."""
    return {(f["rule"], f["line"]): f["explained"] for f in answer.body["findings"]}


def shown(world, code, columns="rule, line, is_current, is_explained, explanation"):
    return world.database.query(
        f"SELECT {columns} FROM reporting.findings WHERE municipality = '{code}' "
        "ORDER BY receipt COLLATE \"C\", rule COLLATE \"C\", line")


def open_warnings(client, code):
    entries = client.ask("STATUS", {"programme": reports.PROGRAMME, "municipality": code,
                                    "from": "2021-06", "until": "2021-06"}).body["entries"]
    return next(e["open_warnings"] for e in entries if e["kind"] == "spending")


def by_rule(world, rule):
    """Told, open and explained, of all months."""
    return world.database.query(
        "SELECT sum(told), sum(errors), sum(open_warnings), sum(explained_warnings) "
        f"FROM reporting.findings_by_rule WHERE rule = '{rule}'")[0]


def test_a_warning_is_explained_by_the_next_revision(world):
    client, code = with_rules(world).client(), world.municipality()
    first = client.ask("SUBMIT", spending(code, "2000.00"))
    assert receipt_of(first)["verdict"] == "accepted-with-warnings"
    assert answers_to(first) == {("E-101", 1): False} and open_warnings(client, code) == 1
    assert by_rule(world, "E-101") == ("1", "0", "1", "0")
    text = "Facturen over april en mei zijn in juni geboekt."
    second = client.ask("SUBMIT", spending(code, "2000.00", revision=2, explanations=[
        {"rule": "E-101", "line": 1, "text": text}]))
    assert receipt_of(second)["verdict"] == "accepted-with-warnings"
    assert answers_to(second) == {("E-101", 1): True} and open_warnings(client, code) == 0
    assert shown(world, code) == [("E-101", "1", "f", "f", ""), ("E-101", "1", "t", "t", text)]
    assert by_rule(world, "E-101") == ("2", "0", "0", "1")
    world.assert_sound()


def test_what_must_be_explained_blocks_until_it_is(world):
    client, code = with_rules(world).client(), world.municipality()
    first = client.ask("SUBMIT", spending(code, "6000.00"))
    assert receipt_of(first)["verdict"] == "rejected"
    finding = next(f for f in first.body["findings"] if f["rule"] == "E-102")
    assert finding["severity"] == "error" and "toelichting" in finding["help"]["nl"]
    answered = spending(code, "6000.00", explanations=[
        {"rule": "E-102", "line": 1, "text": "Een nieuw buurthuis."}])
    check = client.ask("CHECK", answered)
    assert check.body["verdict"] == "accepted-with-warnings"
    second = client.ask("SUBMIT", answered)
    assert receipt_of(second)["verdict"] == "accepted-with-warnings"
    assert answers_to(second) == {("E-101", 1): False, ("E-102", 1): True}
    assert by_rule(world, "E-102") == ("2", "1", "0", "1")
    assert shown(world, code, "verdict, rule, severity, is_current, explanation") == [
        ("rejected", "E-101", "warning", "f", ""), ("rejected", "E-102", "error", "f", ""),
        ("accepted-with-warnings", "E-101", "warning", "t", ""),
        ("accepted-with-warnings", "E-102", "warning", "t", "Een nieuw buurthuis.")]


def test_one_answer_for_the_report_and_one_for_a_line(world):
    """A line's own answer comes before the one for the whole report."""
    client, code = with_rules(world).client(), world.municipality()
    answer = client.ask("SUBMIT", spending(code, "2000.00", "3000.00", "4000.00", explanations=[
        {"rule": "E-101", "text": "Alles is nagekeken."},
        {"rule": "E-101", "line": 2, "text": "Regel twee is een uitzondering."}]))
    assert set(answers_to(answer).values()) == {True}
    assert [row[4] for row in shown(world, code)] == [
        "Alles is nagekeken.", "Regel twee is een uitzondering.", "Alles is nagekeken."]


def test_an_answer_goes_by_the_name_that_the_rule_file_gives(world):
    client, code = with_rules(world).client(), world.municipality()
    report = reports.outreach(code)
    report["lines"][0]["people_reached"] = 50
    for revision, name in ((1, "E-104"), (2, "E-104.jeugd.jongerenwerk")):
        answer = client.ask("SUBMIT", dict(report, revision=revision, explanations=[
            {"rule": name, "line": 1, "text": "Een festival."}]))
        assert answers_to(answer) == {("E-104.jeugd.jongerenwerk", 1): True}


def test_what_takes_no_answer_stays_open(world):
    client, code = with_rules(world).client(), world.municipality()
    report = spending(code, "1.00", explanations=[{"rule": "E-103", "line": 1, "text": "Waarom niet?"}])
    report["lines"][0]["committed"] = "9999.00"
    answer = client.ask("SUBMIT", report)
    assert answers_to(answer) == {("E-103", 1): False}
    assert shown(world, code) == [("E-103", "1", "t", "f", "")]


def test_an_answer_to_nothing_does_no_harm_and_is_told(world):
    with_rules(world)
    code = world.municipality()
    stray = [{"rule": "E-1O1", "line": 1, "text": "Tikfout."}, {"rule": "E-101", "line": 2, "text": "Daar niet."},
             {"rule": "E-101", "line": 1, "text": "Deze wel."}]
    report = spending(code, "2000.00", "1.00", explanations=stray)
    desk = Desk(world, "stray", lang="nl")
    path = desk.write("juni.json", report)
    for command in ("check", "submit"):
        done = desk.steun(command, path)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "SIGNAAL E-101, regel 1 (R0), besteed [toegelicht]\n" in done.stdout
        assert "LET OP  de toelichting bij E-1O1, regel 1, hoort bij geen enkel signaal" in done.stdout
        assert "LET OP  de toelichting bij E-101, regel 2, hoort" in done.stdout
        assert done.stdout.count("LET OP") == 2
    line = outcomes(desk.steun("submit", "--json", desk.write("juni-2.json", dict(report, revision=2))))[0]
    assert line["stray_explanations"] == [{"rule": "E-1O1", "line": 1}, {"rule": "E-101", "line": 2}]


def test_an_answer_to_a_line_that_is_not_there_is_an_error(world):
    client, code = with_rules(world).client(), world.municipality()
    answer = client.ask("SUBMIT", spending(code, "1.00", explanations=[
        {"rule": "E-101", "line": 2, "text": "Waar?"}]))
    assert receipt_of(answer)["verdict"] == "rejected"
    assert answer.body["findings"][0]["path"] == "/explanations/0/line", answer.body


def test_strange_answers_are_kept_to_the_letter_and_shown_in_peace(world):
    client, code = with_rules(world).client(), world.municipality()
    for revision, text in enumerate(STRANGE, 1):
        report = spending(code, "2000.00", revision=revision,
                          explanations=[{"rule": "E-101", "line": 1, "text": text}])
        assert answers_to(client.ask("SUBMIT", report)) == {("E-101", 1): True}, text
    kept = [json.loads(row[0]) for row in world.database.query(
        "SELECT to_json(f.explanation) FROM reporting.findings f "
        f"WHERE municipality = '{code}' ORDER BY revision")]
    assert kept == STRANGE
    assert world.database.value("SELECT count(*) > 0 FROM steun.finding") == "t"
    desk = Desk(world, "strange")
    done = desk.steun("submit", desk.write("june.json", spending(
        code, "2000.00", revision=99, explanations=[{"rule": "E-101\u202e\x1b[31m", "text": STRANGE[2]}])))
    assert "\u202e" not in done.stdout and "\x1b" not in done.stdout and "NOTE" in done.stdout
    for text in STRANGE:
        assert text not in world.daemon.log() and text not in done.stdout
    world.assert_sound()


def test_what_is_no_answer_is_refused(world):
    client, code = with_rules(world).client(), world.municipality()
    for text in ("", "x" * 501, "x" * 10000, "a\0b", "BSN 111222333", "mail@example.nl", None, 5):
        answer = client.ask("SUBMIT", spending(code, "2000.00", explanations=[
            {"rule": "E-101", "line": 1, "text": text}]))
        assert receipt_of(answer)["verdict"] == "rejected", (text, answer.body)
        assert all(rule.startswith("S-") for rule in rules_of(answer)), (text, answer.body)
