# SPDX-License-Identifier: EUPL-1.2
"""SIGHUP: all of it or nothing, on sessions that stand."""
import signal

import reports
from client import code_of, receipt_of
from harness import RULES, wait_until
from test_verbs import started


def digest(client):
    return client.ask("HELLO").body["programmes"][0]["ruleset_sha256"]


def test_new_rules_judge_from_the_reload_on(world):
    client, municipality = started(world).client(), world.municipality()
    before = digest(client)
    report = reports.spending(municipality)
    report["lines"][0]["spent"] = "600000.00"
    assert client.ask("CHECK", report).body["verdict"] == "accepted"
    stricter = RULES.replace("most: 1000000.00", "most: 500000.00")
    (world.folder / "rules" / "test.yaml").write_text(stricter)
    assert "reloaded" in world.daemon.reload()
    answer = client.ask("SUBMIT", report)
    assert receipt_of(answer)["verdict"] == "rejected"
    assert receipt_of(answer)["ruleset_sha256"] == digest(client) != before
    (world.folder / "rules" / "test.yaml").write_text(RULES)
    world.daemon.reload()
    assert digest(client) == before


def test_a_report_is_judged_by_the_version_of_its_period(world):
    client = started(world).client()
    later = RULES.replace("version: 1", 'version: 2\nfrom: "2021-07"')
    later = later.replace("most: 1000000.00", "most: 500000.00")
    (world.folder / "rules" / "test-2.yaml").write_text(later)
    assert "reloaded" in world.daemon.reload()
    verdicts = {}
    for period in ("2021-06", "2021-07"):
        report = reports.spending(world.municipality(), period=period)
        report["lines"][0]["spent"] = "600000.00"
        verdicts[period] = receipt_of(client.ask("SUBMIT", report))["verdict"]
    assert verdicts == {"2021-06": "accepted", "2021-07": "rejected"}
    told = client.ask("RULES", {"programme": reports.PROGRAMME}).body["rules"]
    ranges = [(rule["version"], rule.get("from"), rule.get("until")) for rule in told
              if rule["id"] == "T-101"]
    assert sorted(ranges, key=lambda row: row[0]) == [(1, None, "2021-06"), (2, "2021-07", None)], ranges
    (world.folder / "rules" / "test-2.yaml").unlink()
    world.daemon.reload()


def test_a_broken_rule_file_leaves_the_running_set_in_force(world):
    client = started(world).client()
    before = digest(client)
    broken = RULES.replace("line.spent <= params.most", "line.spnt <= params.most")
    (world.folder / "rules" / "test.yaml").write_text(broken)
    log = world.daemon.reload()
    assert "test.yaml:" in log and "the settings in force stay" in log, log
    assert digest(client) == before
    assert receipt_of(client.ask("SUBMIT", reports.spending(world.municipality())))
    (world.folder / "rules" / "test.yaml").write_text(RULES)
    world.daemon.reload()


def test_a_broken_configuration_changes_nothing_either(world):
    client = started(world).client()
    path = world.folder / "steund.yaml"
    good = path.read_text()
    path.write_text(good + "unknown: 1\n")
    world.add_submitter("meanwhile")
    assert "steund.yaml:" in world.daemon.reload()
    assert client.ask("PING").kind == "PONG"
    path.write_text(good)
    world.daemon.reload()


def test_what_waits_for_the_next_start_is_said(world):
    started(world).configure(database_connections=3)
    assert "'database' takes effect at the next start only" in world.daemon.reload()
    world.configure()
    world.daemon.reload()


def test_a_removed_key_is_refused_on_the_session_that_stands(world):
    key = started(world).add_submitter("leaving")
    world.daemon.reload()
    client = world.client(key)
    receipt_of(client.ask("SUBMIT", reports.spending(world.municipality())))
    world.remove_submitter("leaving")
    world.daemon.reload()
    for verb, body in (("SUBMIT", reports.spending(world.municipality())), ("HELLO", None),
                       ("PING", None)):
        answer = client.ask(verb, body)
        assert (answer.kind, code_of(answer)) == ("REFUSED", "not-yours")


def test_a_new_submitter_is_served_without_a_restart(world):
    key = started(world).add_submitter("arriving")
    world.daemon.reload()
    receipt_of(world.client(key).ask("SUBMIT", reports.spending(world.municipality())))


def test_a_report_under_way_is_judged_by_the_rules_it_arrived_under(world):
    client, municipality = started(world).client(), world.municipality()
    before = digest(client)
    with world.database.session() as session:
        session.run("BEGIN")
        session.run("LOCK TABLE steun.chain IN ACCESS EXCLUSIVE MODE")
        client.send("SUBMIT", reports.spending(municipality))
        wait_until(lambda: world.database.query(
            "SELECT 1 FROM pg_locks WHERE NOT granted"), "the daemon waits for the lock")
        (world.folder / "rules" / "test.yaml").write_text(RULES + "# another digest\n")
        world.daemon.reload()
        session.run("ROLLBACK")
    assert receipt_of(client.receive()[1])["ruleset_sha256"] == before != digest(client)
    (world.folder / "rules" / "test.yaml").write_text(RULES)
    world.daemon.reload()


def test_a_reload_while_the_database_is_down_is_made_good_later(world):
    key = started(world).add_submitter("withdrawn")
    world.daemon.reload()
    client = world.client(key)
    assert client.ask("PING").kind == "PONG"
    world.remove_submitter("withdrawn")
    world.cluster.crash()
    wait_until(lambda: "the database is down" in world.daemon.log(), "the daemon notices")
    world.daemon.signal(signal.SIGHUP)
    world.cluster.start()

    def is_refused():
        answer = client.ask("PING")
        return answer.kind == "REFUSED" and code_of(answer) == "not-yours"
    wait_until(is_refused, "the key is refused")


def test_what_the_database_refuses_changes_nothing(world):
    first = started(world).add_submitter("first-owner")
    world.daemon.reload()
    world.remove_submitter("first-owner")
    world.add_submitter("second-owner", key=first)
    log = world.daemon.reload()
    assert "the database refuses the reference data" in log, log
    assert world.client(first).ask("HELLO").body["sender"]["id"] == "first-owner"
    world.remove_submitter("second-owner")
    world.daemon.reload()
