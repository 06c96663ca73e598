# SPDX-License-Identifier: EUPL-1.2
"""A report's life: sent twice, corrected, withdrawn, empty."""
import reports
from client import code_of, new_id, receipt_of
from harness import wait_until
from test_verbs import started


def total(world, municipality):
    return world.database.value(
        "SELECT coalesce(sum(spent), 0) FROM steun.spending s "
        "JOIN steun.report r USING (municipality, programme, number) "
        f"WHERE r.recorded_until IS NULL AND municipality = '{municipality}'")


def test_the_same_request_is_answered_the_same_byte_for_byte(world):
    client, request = started(world).client(), new_id()
    report = reports.spending(world.municipality())
    first = client.ask("SUBMIT", report, request)
    receipt_of(first)
    assert client.ask("SUBMIT", report, request).raw == first.raw
    # Whatever happened in between: also after a restart, and by another connection.
    world.daemon.stop()
    world.daemon.start()
    assert world.client().ask("SUBMIT", report, request).raw == first.raw


def test_a_request_id_keeps_its_answer_whatever_comes_under_it(world):
    client, request = started(world).client(), new_id()
    first = client.ask("SUBMIT", reports.spending(world.municipality()), request)
    other = client.ask("SUBMIT", reports.spending(world.municipality()), request)
    assert other.raw == first.raw


def test_the_same_bytes_under_a_new_request_are_no_second_report(world):
    client, municipality = started(world).client(), world.municipality()
    report = reports.spending(municipality)
    first = client.ask("SUBMIT", report)
    again = client.ask("SUBMIT", report)
    assert receipt_of(again)["number"] == receipt_of(first)["number"]
    assert world.database.value(
        f"SELECT count(*) FROM steun.report WHERE municipality = '{municipality}'") == "1"


def test_a_rejected_report_is_judged_afresh(world):
    client, municipality = started(world).client(), world.municipality()
    report = reports.spending(municipality)
    report["lines"][0]["spent"] = "2000000.00"
    first, again = client.ask("SUBMIT", report), client.ask("SUBMIT", report)
    assert receipt_of(first)["verdict"] == receipt_of(again)["verdict"] == "rejected"
    assert receipt_of(again)["number"] != receipt_of(first)["number"]


def test_asked_twice_while_under_way_both_are_answered_and_one_is_stored(world):
    municipality, request = started(world).municipality(), new_id()
    report = reports.spending(municipality)
    first, second = world.client(), world.client()
    with world.database.session() as session:
        session.run("BEGIN")
        session.run("LOCK TABLE steun.chain IN ACCESS EXCLUSIVE MODE")
        first.send("SUBMIT", report, request)
        wait_until(lambda: world.database.query(
            "SELECT 1 FROM pg_locks WHERE NOT granted"), "the daemon waits for the lock")
        second.send("SUBMIT", report, request)
        # Asked in between, so that the second has certainly arrived.
        assert second.ask("HELLO").kind == "WELCOME"
        other = second.ask("SUBMIT", reports.spending(municipality, "2021-07"), request)
        assert (other.kind, code_of(other)) == ("RETRY", "busy")
        session.run("ROLLBACK")
    answers = [first.receive()[1], second.receive()[1]]
    assert answers[0].raw == answers[1].raw
    assert receipt_of(answers[0])["number"].endswith("/1")
    assert world.database.value(
        f"SELECT count(*) FROM steun.submission WHERE municipality = '{municipality}'") == "1"


def test_a_second_revision_replaces_the_first(world):
    client, municipality = started(world).client(), world.municipality()
    receipt_of(client.ask("SUBMIT", reports.spending(municipality)))
    second = reports.spending(municipality, revision=2)
    second["lines"][0]["spent"] = "100.01"
    assert receipt_of(client.ask("SUBMIT", second))["revision"] == 2
    assert total(world, municipality) == "100.01"
    world.assert_sound()


def test_a_withdrawn_report_counts_as_never_sent(world):
    client, municipality = started(world).client(), world.municipality()
    report = reports.spending(municipality)
    receipt_of(client.ask("SUBMIT", report))
    assert receipt_of(client.ask("SUBMIT", reports.withdrawn(report, 2)))["status"] == "withdrawn"
    assert total(world, municipality) == "0"
    status = client.ask("STATUS", {"programme": reports.PROGRAMME, "municipality": municipality,
                                   "from": "2021-06", "until": "2021-06"})
    assert {e["kind"]: e["state"] for e in status.body["entries"]}["spending"] == "withdrawn"
    back = client.ask("SUBMIT", reports.spending(municipality, revision=3))
    assert receipt_of(back)["verdict"] == "accepted"
    assert total(world, municipality) == "12500.00"
    world.assert_sound()


def test_nothing_to_report_is_a_report(world):
    client, municipality = started(world).client(), world.municipality()
    answer = client.ask("SUBMIT", reports.empty(reports.spending(municipality)))
    assert receipt_of(answer)["verdict"] == "accepted"
    nothing = reports.spending(municipality, "2021-07", lines=[])
    assert receipt_of(client.ask("SUBMIT", nothing))["verdict"] == "rejected"


def test_a_warning_may_be_explained(world):
    client, municipality = started(world).client(), world.municipality()
    report = reports.outreach(municipality)
    report["lines"][0].update(people_reached=50, contact_moments=1)
    report["explanations"] = [{"rule": "T-102", "line": 1, "text": "Groepsgesprekken."}]
    answer = client.ask("SUBMIT", report)
    assert receipt_of(answer)["verdict"] == "accepted-with-warnings"
    assert answer.body["findings"][0]["explained"] is True


def test_both_kinds_of_one_month_are_reports_apart(world):
    client, municipality = started(world).client(), world.municipality()
    spent = client.ask("SUBMIT", reports.spending(municipality))
    reached = client.ask("SUBMIT", reports.outreach(municipality))
    assert receipt_of(spent)["verdict"] == receipt_of(reached)["verdict"] == "accepted"


def test_many_at_once_are_all_answered(world):
    client = started(world).client()
    sent = {client.send("SUBMIT", reports.spending(world.municipality())) for _ in range(100)}
    for _ in range(100):
        request, answer = client.receive()
        receipt_of(answer)
        sent.remove(request)
    assert not sent
    world.assert_sound()
