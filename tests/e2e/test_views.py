# SPDX-License-Identifier: EUPL-1.2
"""What analysts see, against figures worked out by hand (tests/cases/views), and who may see what."""
import csv
import io
import re

import reports
from client import code_of, receipt_of
from harness import ROOT, run
from test_verbs import started

CASES = ROOT / "tests" / "cases" / "views"

TABLES = ("SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'steun'::regnamespace "
          "AND c.relkind IN ('r', 'p') ORDER BY 1")
VIEWS = ("SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'reporting'::regnamespace "
         "AND c.relkind = 'v' ORDER BY 1")

# All that the daemon may execute.
DAEMON_FUNCTIONS = {
    f"steun.{name}" for name in (
        "lock_chains", "ping", "read_history", "read_submissions", "recall", "reference_load",
        "schema_version", "status", "store_findings", "store_outreach", "store_spending",
        "store_submissions", "store_totals")}

READING = ["SELECT FROM {0}"]
WRITING = ["INSERT INTO {0} DEFAULT VALUES", "UPDATE {0} SET {1} = {1}", "DELETE FROM {0}",
           "TRUNCATE {0}", "LOCK TABLE {0} IN ROW EXCLUSIVE MODE"]


def send_all(world):
    """The reports of the case, one after another, since revisions have an order."""
    client = started(world).client()
    return [client.ask("SUBMIT", line.encode())
            for line in (CASES / "reports.jsonl").read_text().splitlines()]


def rows_of(text):
    header, *rows = csv.reader(io.StringIO(text))
    return header, sorted(rows)


def new_login(world, group):
    """A member of one group, as a DBA would make it."""
    name = f"{world.database.name}_{group}"
    world.database.query(f"CREATE ROLE {name} LOGIN IN ROLE steun_{group}")
    return name


def try_all(world, login, statements):
    """Tries statements on every table of the record; gives those that were not refused."""
    columns = world.database.query(
        "SELECT c.oid::regclass, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid "
        "WHERE c.relnamespace = 'steun'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum = 1")
    assert len(columns) > 20, columns
    tried = [s.format(*column) for column in columns for s in statements]
    script = "".join(f"BEGIN;\n{statement};\nROLLBACK;\n" for statement in tried)
    done = run(*world.database.command("-U", login, "-v", "ON_ERROR_STOP=0", "-v",
                                       "VERBOSITY=sqlstate"), input=script)
    refused = done.stderr.splitlines()
    assert set(refused) <= {"ERROR:  42501"}, set(refused)
    return len(tried), len(tried) - len(refused)


def functions_of(world, login):
    """What a login may execute of ours."""
    return {row[0] for row in world.database.query(
        "SELECT p.pronamespace::regnamespace || '.' || p.proname FROM pg_proc p "
        "WHERE p.pronamespace::regnamespace::text IN ('steun', 'reporting', 'open_data', 'admin') "
        f"AND has_function_privilege('{login}', p.oid, 'EXECUTE')")}


def as_login(world, login, sql):
    return world.database.psql("-U", login, "-A", "-t", "-c", sql)


def test_the_reports_of_the_case_are_answered_as_it_says(world):
    answers = send_all(world)
    verdicts = [receipt_of(answer)["verdict"] for answer in answers[:-1]]
    assert "rejected" not in verdicts[:-1] and verdicts[-1] == "rejected", verdicts
    assert code_of(answers[-1]) == "not-yours", answers[-1]
    world.assert_sound()


def test_every_view_says_exactly_what_was_worked_out(world):
    views = [row[0] for row in world.database.query(VIEWS)]
    assert views == sorted(path.stem for path in CASES.glob("*.csv")), "a view without a case"
    for view in views:
        seen = rows_of(world.database.psql("--csv", "-P", "null=NULL",
                                           "-c", f"SELECT * FROM reporting.{view}"))
        assert seen == rows_of((CASES / f"{view}.csv").read_text()), (view, seen)


def test_no_view_is_planned_for_a_flood(world):
    """Dear plans are compiled, which takes seconds for answers of milliseconds."""
    limit = float(world.database.value("SHOW jit_above_cost"))
    for (view,) in world.database.query(VIEWS):
        plan = world.database.value(f"EXPLAIN SELECT * FROM reporting.{view}")
        assert float(re.search(r"cost=[\d.]+\.\.([\d.]+)", plan).group(1)) < limit, (view, plan)


def test_no_view_makes_a_budget_of_nothing(world):
    for view in ("item", "action_line"):
        assert world.database.query(
            f"SELECT * FROM reporting.budget_use_by_{view} "
            "WHERE (budget IS NULL) <> (used_pct IS NULL) OR budget <= 0") == []
    assert world.database.value(
        "SELECT count(*) FROM reporting.budget_use_by_item WHERE budget IS NULL") == "5"


def test_joint_items_count_once_in_a_total(world):
    assert world.database.query(
        "SELECT sum(spent) FROM (SELECT DISTINCT ON (period, item) spent "
        "FROM reporting.spending_by_department) d") == world.database.query(
        "SELECT max(spent_cumulative) FROM reporting.spending_by_month")


def test_completeness_counts_only_who_was_there(world):
    """Utrecht alone is left in February 2022: the reports of the others must not count."""
    with world.database.session() as session:
        session.run("BEGIN")
        session.run("UPDATE steun.municipality SET valid_until = '2022-02-01', valid_from = '2021-01-01' "
                    "WHERE code <> 'GM0344'")
        assert session.run("SELECT expected, received, missing, received_pct FROM reporting.completeness "
                           "WHERE period = '2022-02-01' AND kind = 'spending'") == ["1|1|0|100.0"]
        assert session.run("SELECT count(*) FROM reporting.completeness WHERE received > expected "
                           "OR received + missing <> expected OR received_pct > 100") == ["0"]
        session.run("ROLLBACK")


def test_a_province_that_is_spelled_in_two_ways_counts_once(world):
    total = "SELECT sum(spent) FROM reporting.spending_by_province"
    before = world.database.value(total)
    with world.database.session() as session:
        session.run("BEGIN")
        session.run("UPDATE steun.municipality SET province = 'N.-Holland' WHERE code = 'GM0457'")
        assert session.run(total) == [before]
        session.run("ROLLBACK")


def test_everything_that_people_see_is_explained(world):
    schemas = "('steun', 'reporting', 'open_data', 'admin')"
    assert world.database.query(
        "SELECT c.oid::regclass FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'm') AND "
        f"c.relnamespace::regnamespace::text IN {schemas} AND "
        "obj_description(c.oid, 'pg_class') IS NULL") == []
    assert world.database.query(
        "SELECT p.oid::regprocedure FROM pg_proc p WHERE "
        f"p.pronamespace::regnamespace::text IN {schemas} AND "
        "obj_description(p.oid, 'pg_proc') IS NULL") == []
    assert world.database.query(
        "SELECT a.attrelid::regclass || '.' || a.attname FROM pg_attribute a JOIN pg_class c "
        "ON c.oid = a.attrelid WHERE c.relnamespace::regnamespace::text IN ('reporting', 'open_data') "
        "AND a.attnum > 0 AND NOT a.attisdropped "
        "AND col_description(a.attrelid, a.attnum) IS NULL") == []
    assert len(world.database.query(VIEWS)) >= 15 and len(world.database.query(TABLES)) >= 25


def test_analysts_read_every_view_and_nothing_of_the_record(world):
    analyst = new_login(world, "analyst")
    for (view,) in world.database.query(VIEWS):
        assert as_login(world, analyst, f"SELECT count(*) FROM reporting.{view}").strip() > "0", view
    tried, done = try_all(world, analyst, READING + WRITING)
    assert (tried > 100, done) == (True, 0)
    assert functions_of(world, analyst) == set()
    assert world.database.query(
        f"SELECT relname FROM pg_class WHERE relnamespace = 'reporting'::regnamespace AND "
        f"has_table_privilege('{analyst}', oid, 'INSERT, UPDATE, DELETE, TRUNCATE')") == []


def test_auditors_read_the_record_and_write_nothing(world):
    auditor = new_login(world, "auditor")
    tried, done = try_all(world, auditor, READING)
    assert done == tried > 20
    assert try_all(world, auditor, WRITING)[1] == 0
    assert as_login(world, auditor, "SELECT * FROM admin.check_totals()") == ""
    assert as_login(world, auditor, "SELECT * FROM admin.check_record()") == ""
    assert functions_of(world, auditor) == {"admin.check_totals", "admin.check_record"}


def test_the_daemon_touches_no_table_and_executes_what_it_was_granted(world):
    assert try_all(world, world.database.daemon, READING + WRITING)[1] == 0
    assert functions_of(world, world.database.daemon) == DAEMON_FUNCTIONS


def test_nobody_but_the_owner_makes_anything_here(world):
    for role in ("steun_daemon", "steun_auditor", "steun_analyst", "steun_public"):
        assert world.database.query(
            "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND "
            f"has_schema_privilege('{role}', oid, 'CREATE')") == [], role


def test_figures_are_taken_off_the_province_where_they_were_added_up(world):
    client = started(world).client()
    code = world.municipality()
    receipt_of(client.ask("SUBMIT", reports.spending(code)))
    receipt_of(client.ask("SUBMIT", reports.outreach(code)))
    old = world.database.value(f"SELECT province_code FROM steun.municipality WHERE code = '{code}'")
    world.database.query(
        f"UPDATE steun.municipality SET province_code = 'PV31', province = 'Limburg' "
        f"WHERE code = '{code}'")
    assert old != "PV31"
    receipt_of(client.ask("SUBMIT", reports.spending(code, revision=2)))
    receipt_of(client.ask("SUBMIT", reports.withdrawn(reports.outreach(code), 2)))
    assert world.database.query(
        "SELECT province_code, lines, spent FROM steun.spending_total "
        "WHERE period = '2021-06-01' ORDER BY 1 DESC") == [("PV31", "1", "12500.00"),
                                                           (old, "0", "0.00")]
    assert world.database.query("SELECT * FROM admin.check_totals()") == []
    assert world.database.query(
        "SELECT province_code, spent FROM reporting.spending_by_province "
        "WHERE period = '2021-06-01'") == [("PV31", "12500.00")]
