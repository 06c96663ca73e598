# SPDX-License-Identifier: EUPL-1.2
"""steund rules replay: what a draft would change for the reports that are stored, and nothing else."""
import collections
import decimal
import json
import os
import re
import signal
import subprocess

import reports
from harness import RULES, STEUND, run, wait_until
from stream import Stream
from test_verbs import started

SEED = 20211201
MUNICIPALITIES = 12

# Rules that look at everything that history has, and tell what they saw: a figure of another moment
# would be another finding.
HISTORY_RULES = """\
# SPDX-License-Identifier: EUPL-1.2
ruleset: steunpakket-2021
version: 1
params:
  most: 800000.00
  factor: 10
rules:
""" + "".join(f"""\
  - id: {name}
    kind: {kind}
    scope: {scope}
    severity: {severity}
    explanation: {explanation}
    assert: '{claim}'
    at: {at}
    expected: '{expected}'
    message:
      nl: 'Gezien: {{{{{expected}}}}}.'
      en: 'Seen: {{{{{expected}}}}}.'
    examples:
      pass: [{good}]
      fail: [{bad}]
""" for name, kind, scope, severity, explanation, claim, at, expected, good, bad in [
    ("R-101", "spending", "line", "error", "none", "line.spent <= params.most", "line.spent",
     "params.most", '{line: {spent: "1.00"}}', '{line: {spent: "900000.00"}}'),
    ("R-102", "spending", "line", "warning", "allowed",
     "line.spent <= previous_line.spent * params.factor", "line.spent",
     "previous_line.spent * params.factor",
     '{line: {spent: "0.00"}, previous_line: {spent: "1.00"}}',
     '{line: {spent: "10.01"}, previous_line: {spent: "1.00"}}'),
    ("R-103", "both", "report", "warning", "none", "previous.lines.size() > 7", "lines", "previous.period",
     "{previous: {lines: [{}, {}, {}, {}, {}, {}, {}, {}]}}", "{previous: {period: 2021-01}}"),
    ("R-104", "spending", "report", "warning", "none", "year.spent < 100.00", "lines", "year.spent",
     "{year: {lines: []}}", '{year: {lines: [{spent: "900.00"}]}}'),
    ("R-105", "outreach", "report", "warning", "none", "year.people_reached < 10", "lines",
     "year.people_reached", "{year: {lines: []}}", "{year: {lines: [{people_reached: 900}]}}"),
    ("R-106", "spending", "report", "warning", "none", "counterpart.lines.size() > 4", "lines",
     "counterpart.lines.map(l, l.people_reached).sum()",
     "{counterpart: {lines: [{}, {}, {}, {}, {}]}}", "{counterpart: {lines: [{people_reached: 7}]}}"),
    ("R-107", "outreach", "report", "warning", "none", "counterpart.lines.map(l, l.spent).sum() < 1.00",
     "lines", "counterpart.lines.map(l, l.spent).sum()",
     "{counterpart: {lines: []}}", '{counterpart: {lines: [{spent: "7.00"}]}}'),
    ("R-108", "both", "report", "warning", "none", "accepted.revision > 9", "report.revision",
     "accepted.revision", "{accepted: {revision: 10}}", "{accepted: {revision: 1}}"),
    ("R-109", "both", "report", "warning", "none", "received_on <= deadline", "report.period",
     "received_on", "{received_on: 2021-07-01, deadline: 2021-07-30}",
     "{received_on: 2021-07-31, deadline: 2021-07-30}"),
    ("R-110", "outreach", "line", "warning", "required", "line.people_reached <= 3000",
     "line.people_reached", "line.contact_moments", "{line: {people_reached: 1}}",
     "{line: {people_reached: 3001}}"),
    ("R-111", "both", "report", "warning", "allowed", "year.months < 1", "lines", "year.months",
     "{year: {months: 0}}", "{year: {months: 1}}"),
])

Change = collections.namedtuple("Change", "rule kind receipt line")


def write_rules(world, text):
    (world.folder / "rules" / "test.yaml").write_text(text)


def write_draft(world, name, text):
    folder = world.folder / name
    folder.mkdir(exist_ok=True)
    (folder / "test.yaml").write_text(text)
    return folder


def replay(world, draft, *options):
    return run(STEUND, "rules", "replay", "--config", world.daemon.config, "--database",
               world.database.owner_conninfo, "--rules", draft, *options)


def replayed(world, draft, *options):
    done = replay(world, draft, *options)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    return done.stdout


def judged_in(text):
    return int(re.search(r"(\d+)  judged again", text).group(1))


def verdicts_in(text):
    """The table of verdicts, without those that stay."""
    names = ("accepted", "accepted-with-warnings", "rejected")
    rows = [[int(n) for n in re.search(rf"\n  {name} +(\d+) +(\d+) +(\d+)\n", text).groups()]
            for name in names]
    return {(names[i], names[j]): rows[i][j] for i in range(3) for j in range(3)
            if i != j and rows[i][j]}


def changes_in(text):
    """What --all lists."""
    listed = text.split("\nEvery change\n\n")[1].split("\nSubmissions\n")[0]
    pattern = re.compile(r"(\S+) (\w+) +GM\d{4} [\d-]{7} \w+ revision \d+ \((\S+)\)(?:, line (\d+))?")
    return [Change(*pattern.match(line).groups()) for line in listed.split("\n") if line]


def answer_some(source, report):
    """Some warnings of R-110 and R-111 are answered, on their line or as a whole."""
    answers = [{"rule": "R-110", "line": n, "text": f"Klopt, zie bijlage {n}."}
               for n, line in enumerate(report["lines"], 1)
               if line.get("people_reached", 0) > 3000 and source.random() < 0.6]
    if source.random() < 0.3:
        answers.append({"rule": "R-111", "text": "Het jaar is besproken."})
    return dict(report, explanations=answers) if answers else report


def record_of(world):
    """Both kinds, months in any order; then revisions, withdrawals, nil reports and unreadable ones."""
    source = reports.seeded(SEED)
    first, later, last = [], [], []
    for _ in range(MUNICIPALITIES):
        code = world.municipality()
        for month in range(1, 13):
            period = f"2021-{month:02}"
            first.append(reports.random_spending(source, code, period))
            first.append(reports.random_outreach(source, code, period))
            chance = source.random()
            if chance < 0.15:
                later.append(reports.random_spending(source, code, period, 2))
                last.append(reports.random_spending(source, code, period, 3))
            elif chance < 0.25:
                later.append(reports.withdrawn(reports.spending(code, period), 2))
            elif chance < 0.35:
                later.append(reports.empty(reports.outreach(code, period), 2))
                last.append(reports.random_outreach(source, code, period, 3))
            elif chance < 0.45:
                later.append(reports.spending(code, period, 2, lines=[{"item": "geen.post"}]))
        first.append(reports.random_spending(source, code, "2022-01"))
    for some in (first, later, last):
        source.shuffle(some)
    return [[answer_some(source, report) for report in some] for some in (first, later, last)]


def send_record(world):
    write_rules(world, HISTORY_RULES)
    started(world)
    for some in record_of(world):
        stream = Stream(world, [reports.text_of(report) for report in some])
        stream.run()
        stream.assert_nothing_lost_nothing_doubled()


def stored(world):
    """Every submission with its report, in the order of its chain, and whether it could be read."""
    rows = world.database.query(
        "SELECT municipality, number, verdict, errors, warnings, convert_from(body, 'UTF8'), "
        "EXISTS (SELECT FROM steun.finding f WHERE f.municipality = s.municipality AND "
        "f.number = s.number AND f.rule LIKE 'S-%') FROM steun.submission s ORDER BY 1, s.number")
    for municipality, number, verdict, errors, warnings, body, is_structural in rows:
        yield (f"{reports.PROGRAMME}/{municipality}/{number}", verdict, int(errors), int(warnings),
               json.loads(body, parse_float=decimal.Decimal), is_structural == "t")


def amount(value):
    return decimal.Decimal(value)


def stricter_by_hand(world, most, factor):
    """What R-101 and R-102 would tell anew, from the stored reports and verdicts alone."""
    current = collections.defaultdict(dict)  # Of a municipality: period -> its spending report.
    for receipt, verdict, errors, warnings, report, is_structural in stored(world):
        past = current[report["municipality"]]
        if report["kind"] == "spending" and not is_structural:
            before = [p for p in past if p < report["period"] and past[p]["status"] != "withdrawn"]
            lines = past[max(before)]["lines"] if before else []
            previous = {(line["item"], line["funding"]): amount(line["spent"]) for line in lines}
            comes = []
            for number, line in enumerate(report["lines"], 1):
                spent, key = amount(line["spent"]), (line["item"], line["funding"])
                if most < spent <= 800000:
                    comes.append(Change("R-101", "comes", receipt, str(number)))
                if key in previous and previous[key] * factor < spent <= previous[key] * 10:
                    comes.append(Change("R-102", "comes", receipt, str(number)))
            yield receipt, verdict, errors, warnings, comes
        if report["kind"] == "spending" and verdict != "rejected":
            past[report["period"]] = report


def verdict_of(errors, warnings, comes):
    errors += sum(change.rule == "R-101" for change in comes)
    warnings += sum(change.rule == "R-102" for change in comes)
    return "rejected" if errors else "accepted-with-warnings" if warnings else "accepted"


def test_the_rules_that_judged_change_nothing(world):
    """The proof that history is as it was: every finding tells what it saw."""
    send_record(world)
    text = replayed(world, world.folder / "rules", "--all")
    assert changes_in(text) == [] and verdicts_in(text) == {}, text
    assert "No finding would change." in text and ", the same as the draft" in text
    rows = list(stored(world))
    structural = sum(row[-1] for row in rows)
    assert judged_in(text) == len(rows) - structural > 250
    assert f"{structural}  could not be read when they came" in text and structural > 5
    told = dict(world.database.query("SELECT rule, count(*) FROM steun.finding GROUP BY 1"))
    assert all(int(told[f"R-{n}"]) > 5 for n in range(101, 112)), told
    assert world.database.value(
        "SELECT count(*) > 5 FROM steun.finding WHERE rule = 'R-110' AND explanation IS NOT NULL") == "t"
    assert world.database.value(
        "SELECT count(DISTINCT verdict) FROM steun.submission WHERE revision > 1") == "2"


def test_a_stricter_draft_changes_exactly_what_was_worked_out(world):
    draft = write_draft(world, "stricter", HISTORY_RULES.replace(
        "most: 800000.00", "most: 300000.00").replace("factor: 10", "factor: 0"))
    text = replayed(world, draft, "--all")
    expected = list(stricter_by_hand(world, 300000, 0))
    comes = [change for *_, some in expected for change in some]
    kinds = collections.Counter(change.rule for change in comes)
    assert kinds["R-101"] > 100 and kinds["R-102"] > 20, kinds
    seen = changes_in(text)
    assert sorted(c for c in seen if c.kind != "reworded") == sorted(comes)
    assert {c.rule for c in seen if c.kind == "reworded"} == {"R-101", "R-102"}
    moved = collections.Counter(
        (verdict, verdict_of(errors, warnings, some)) for _, verdict, errors, warnings, some in expected)
    assert verdicts_in(text) == {key: n for key, n in moved.items() if key[0] != key[1]}
    counts = re.search(r"\n  R-102 +(\d+) +0 +0 +0 +\d+ +(\d+) +(\d+)\n", text)
    assert int(counts.group(1)) == sum(c.rule == "R-102" for c in comes)
    assert int(counts.group(3)) == len({c.receipt.split("/")[1] for c in seen if c.rule == "R-102"})
    assert int(counts.group(2)) == sum(
        verdict != verdict_of(errors, warnings, some) and any(c.rule == "R-102" for c in some)
        for _, verdict, errors, warnings, some in expected)


def test_a_new_version_changes_nothing_before_it_begins(world):
    draft = write_draft(world, "versions", HISTORY_RULES)
    (draft / "from-july.yaml").write_text(HISTORY_RULES.replace(
        "version: 1\n", 'version: 2\nfrom: "2021-07"\n').replace("most: 800000.00", "most: 300000.00"))
    text = replayed(world, draft, "--all")
    periods = dict(world.database.query(
        "SELECT programme || '/' || municipality || '/' || number, to_char(period, 'YYYY-MM') "
        "FROM steun.submission"))
    comes = [c for *_, some in stricter_by_hand(world, 300000, 10) for c in some
             if periods[c.receipt] >= "2021-07"]
    assert len(comes) > 50 and min(periods[c.receipt] for c in comes) == "2021-07"
    seen = changes_in(text)
    assert sorted(c for c in seen if c.kind == "comes") == sorted(comes)
    assert min(periods[c.receipt] for c in seen) == "2021-07"


def test_other_rules_altogether(world):
    """Everything that was told goes, but for what could not be read."""
    draft = write_draft(world, "other", RULES)
    text = replayed(world, draft, "--all")
    goes = collections.Counter((c.rule, c.kind) for c in changes_in(text) if c.rule.startswith("R-"))
    told = world.database.query(
        "SELECT rule, count(*) FROM steun.finding WHERE rule LIKE 'R-%' GROUP BY 1")
    assert goes == {(rule, "goes"): int(count) for rule, count in told}
    assert {c.kind for c in changes_in(text) if c.rule.startswith("T-")} == {"comes"}


def test_a_finding_may_become_graver_or_lighter(world):
    graver = HISTORY_RULES.replace("severity: warning\n    explanation: allowed",
                                   "severity: error\n    explanation: none")
    lighter = HISTORY_RULES.replace("explanation: required", "explanation: allowed")
    text = replayed(world, write_draft(world, "graver", graver), "--all")
    kinds = {c.kind for c in changes_in(text) if c.rule == "R-102"}
    assert kinds == {"graver"} and set(verdicts_in(text)) == {("accepted-with-warnings", "rejected")}
    text = replayed(world, write_draft(world, "lighter", lighter), "--all")
    open_ones = world.database.value(
        "SELECT count(*) FROM steun.finding WHERE rule = 'R-110' AND severity = 'error'")
    seen = collections.Counter((c.rule, c.kind) for c in changes_in(text))
    assert seen == {("R-110", "lighter"): int(open_ones)}


def test_months_are_bounded_on_both_sides_inclusive(world):
    draft = write_draft(world, "other", RULES)
    for options, claim in ((("--from", "2021-03", "--until", "2021-04"),
                            "BETWEEN '2021-03-01' AND '2021-04-01'"),
                           (("--from", "2021-12"), ">= '2021-12-01'"),
                           (("--until", "2021-01"), "<= '2021-01-01'")):
        text = replayed(world, draft, *options)
        expected = world.database.value(
            f"SELECT count(*) FROM steun.submission s WHERE period {claim} AND NOT EXISTS (SELECT FROM "
            "steun.finding f WHERE f.municipality = s.municipality AND f.number = s.number AND "
            "f.rule LIKE 'S-%')")
        assert judged_in(text) == int(expected) > 5, text
    same = replayed(world, world.folder / "rules", "--from", "2021-06", "--until", "2021-07")
    assert "No finding would change." in same, "reports outside the bounds are history all the same"


def test_the_same_question_has_the_same_answer(world):
    draft = write_draft(world, "stricter", HISTORY_RULES.replace("most: 800000.00", "most: 300000.00"))
    first, second = (re.sub(r"as it stood at \S+", "", replayed(world, draft)) for _ in range(2))
    assert first == second
    assert len(re.findall(r"(?m)^  R-101 comes +GM", first)) == 3 and "more: --all lists them" in first
    english = replayed(world, draft, "--language", "en")
    assert "Seen: 300000.00." in english and "Seen" not in first and "Gezien" not in english


def test_a_draft_with_mistakes_is_not_run(world):
    draft = write_draft(world, "broken", HISTORY_RULES.replace(
        "line.spent <= params.most", "line.spnt <= params.most").replace(
        "year.months < 1", "year.mnths < 1"))
    done = replay(world, draft)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.count("broken/test.yaml:") == 2, done.stderr
    assert "spnt" in done.stderr and "mnths" in done.stderr


def test_misuse_and_trouble_are_told(world):
    rules = world.folder / "rules"
    for options in (("--from", "2021-13"), ("--until", "june"), ("--from", "2021-05", "--until", "2021-04"),
                    ("extra",)):
        done = replay(world, rules, *options)
        assert done.returncode == 2 and done.stdout == "" and done.stderr, options
    done = run(STEUND, "rules", "replay", "--config", world.daemon.config, "--rules", rules)
    assert done.returncode == 1 and "GRANT steun_auditor" in done.stderr, "the daemon's own login"
    done = run(STEUND, "rules", "replay", "--config", world.daemon.config, "--rules", rules,
               "--database", f"host={world.folder} dbname=nowhere")
    assert done.returncode == 1 and "rules replay: " in done.stderr


def test_a_result_that_cannot_be_written_is_an_error(world):
    command = [str(word) for word in (
        STEUND, "rules", "replay", "--config", world.daemon.config, "--database",
        world.database.owner_conninfo, "--rules", world.folder / "rules")]
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1 and "No space left on device" in done.stderr
    done = subprocess.run(["/bin/sh", "-c", 'exec "$@" >&-', "sh", *command], stderr=subprocess.PIPE,
                          text=True, check=False)
    assert done.returncode == 1 and "cannot write to standard output" in done.stderr


def test_nothing_is_written_and_nothing_could_be(world):
    auditor = f"{world.database.name}_replayer"
    world.database.query(f"CREATE ROLE {auditor} LOGIN IN ROLE steun_auditor")
    conninfo = f"host={world.cluster.folder} dbname={world.database.name} user={auditor}"
    transaction = "SELECT pg_snapshot_xmax(pg_current_snapshot())"
    before = world.database.value(transaction)
    assert "No finding" in replayed(world, world.folder / "rules", "--database", conninfo)
    assert world.database.value(transaction) == before, "a transaction that wrote has a number"

    # What reading sets off cannot write either, not even with the owner's rights.
    world.database.query(
        "ALTER TABLE steun.submission RENAME TO received;"
        "CREATE TABLE steun.trace (at timestamptz);"
        "CREATE FUNCTION steun.leave_trace() RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER "
        "AS 'INSERT INTO steun.trace VALUES (now()) RETURNING true';"
        "CREATE VIEW steun.submission AS SELECT r.* FROM steun.received r WHERE steun.leave_trace();"
        "GRANT SELECT ON steun.submission TO steun_auditor, steun_owner;"
        "GRANT EXECUTE ON FUNCTION steun.leave_trace() TO steun_auditor, steun_owner")
    try:
        done = replay(world, world.folder / "rules")
        assert done.returncode == 1 and "read-only transaction" in done.stderr, done.stdout + done.stderr
        assert world.database.value("SELECT count(*) FROM steun.trace") == "0"
    finally:
        world.database.query(
            "DROP VIEW steun.submission; DROP FUNCTION steun.leave_trace(); DROP TABLE steun.trace;"
            "ALTER TABLE steun.received RENAME TO submission")


def test_what_arrives_meanwhile_is_not_seen_and_not_held_up(world):
    client = started(world).client()
    before = world.database.value("SELECT count(*) FROM steun.submission")
    with subprocess.Popen(
            [str(word) for word in (STEUND, "rules", "replay", "--all", "--config", world.daemon.config,
                                    "--database", world.database.owner_conninfo, "--rules",
                                    write_draft(world, "other", RULES))],
            stdout=subprocess.PIPE, text=True, bufsize=1) as process:
        seen = process.stdout.readline()  # The head: the snapshot is taken, and the pipe fills up.
        codes = {world.municipality() for _ in range(3)}
        for code in codes:
            assert client.ask("SUBMIT", reports.spending(code)).kind == "RECEIPT"
        seen += process.stdout.read()
        assert process.wait() == 0
    passed = re.search(r"(\d+)  could not be read", seen)
    assert judged_in(seen) + int(passed.group(1)) == int(before)
    assert not any(code in seen for code in codes)


def sessions_of(world):
    return world.database.query("SELECT pid FROM pg_stat_activity WHERE "
                                "application_name = 'steund rules replay'")


def test_killed_halfway_it_leaves_nothing(world):
    """Even where the server waits: it looks whether anybody is still there."""
    for number in (signal.SIGINT, signal.SIGKILL):
        with world.database.session() as session:
            session.run("BEGIN")
            session.run("LOCK TABLE steun.submission IN ACCESS EXCLUSIVE MODE")
            with subprocess.Popen(
                    [str(word) for word in (STEUND, "rules", "replay", "--config", world.daemon.config,
                                            "--database", world.database.owner_conninfo, "--rules",
                                            world.folder / "rules")],
                    stdout=subprocess.PIPE) as process:
                wait_until(lambda: world.database.query(
                    "SELECT pid FROM pg_stat_activity WHERE application_name = 'steund rules replay' "
                    "AND wait_event_type = 'Lock'"), "replay waits for the lock")
                os.kill(process.pid, number)
                assert process.wait() == -number
            wait_until(lambda: not sessions_of(world), "its session is gone")
            session.run("ROLLBACK")
    world.assert_sound()
