# SPDX-License-Identifier: EUPL-1.2
"""Every refusal and every retry, each with what makes it."""
import json

import reports
from client import NoAnswer, PROTOCOL, code_of, new_id, new_key, receipt_of
from harness import wait_until
from test_verbs import started


def refusal(answer, code):
    assert (answer.kind, code_of(answer)) == ("REFUSED", code), answer
    assert set(answer.body["message"]) == {"nl", "en"}
    return answer.body.get("detail")


def retry(answer, code):
    assert (answer.kind, code_of(answer)) == ("RETRY", code), answer
    assert answer.body["after_ms"] > 0


def assert_silence(client):
    try:
        answer = client.ask("PING", timeout=0.5)
    except NoAnswer:
        return
    raise AssertionError(f"answered: {answer}")


def ask_frames(client, *frames):
    client.send_frames(*frames)
    return client.receive()[1]


def test_any_other_shape_is_a_bad_frame(world):
    client, request = started(world).client(), new_id()
    for frames in ([PROTOCOL, b"PING", request], [PROTOCOL, b"PING", request, b"", b""],
                   [b"STEUN2", b"PING", request, b""], [PROTOCOL, b"PING", request, b"", b"", b""]):
        refusal(ask_frames(client, *frames), "bad-frame")


def test_what_cannot_be_answered_is_met_with_silence(world):
    client = started(world).client()
    client.send_frames(b"STEUN1")
    client.send_frames(PROTOCOL, b"PING", b"short", b"")
    try:
        answer = client.receive(0.3)
    except NoAnswer:
        answer = None
    assert answer is None, answer
    assert client.ask("PING").kind == "PONG"


def test_an_unknown_verb_is_refused(world):
    client = started(world).client()
    for verb in ("DELETE", "submit", "", "SUBMITX", "\0"):
        refusal(client.ask(verb), "unknown-verb")


def test_a_body_past_the_limit_is_too_large(world):
    client = started(world).client()
    detail = refusal(client.ask("SUBMIT", b" " * 262145), "too-large")
    assert detail == {"limit_bytes": 262144, "body_bytes": 262145}
    refusal(client.ask("STATUS", b" " * 4097), "too-large")
    refusal(client.ask("PING", b"x"), "too-large")


def test_a_body_of_exactly_the_limit_is_read(world):
    text = json.dumps(reports.spending(started(world).municipality())).encode()
    receipt_of(world.client().ask("SUBMIT", text + b" " * (262144 - len(text))))


def test_a_frame_that_the_transport_refuses_stores_nothing(world):
    client = started(world).client()
    count = world.database.value("SELECT count(*) FROM steun.submission")
    try:
        answer = client.ask("SUBMIT", b" " * 1000000, timeout=1.0)
    except NoAnswer:
        answer = None
    assert answer is None, answer
    client.reconnect()
    assert client.ask("PING").kind == "PONG"
    assert world.database.value("SELECT count(*) FROM steun.submission") == count


def test_text_that_is_not_json_is_malformed_with_its_place(world):
    detail = refusal(started(world).client().ask("SUBMIT", b'{\n  "format": }'), "malformed")
    assert (detail["line"], detail["column"]) == (2, 13) and detail["reason"]


def test_a_header_that_tells_too_little_is_malformed_with_all_findings(world):
    report = reports.spending(started(world).municipality())
    del report["period"], report["kind"]
    detail = refusal(world.client().ask("SUBMIT", report), "malformed")
    assert {f["path"] for f in detail["findings"]} >= {"", "/period"} or len(detail["findings"]) >= 2
    assert all(f["severity"] == "error" for f in detail["findings"])


def test_questions_that_make_no_sense_are_malformed(world):
    client = started(world).client()
    for verb, body in (("STATUS", b"[]"), ("STATUS", b"{"), ("STATUS", {"municipality": "GM0451"}),
                       ("RULES", {}), ("RULES", {"programme": 3}), ("RECALL", b""),
                       ("RECALL", {"request": "zz"}), ("RECALL", {"request": "00"})):
        refusal(client.ask(verb, body), "malformed")
    body = {"programme": reports.PROGRAMME, "municipality": world.municipality()}
    detail = refusal(client.ask("STATUS", dict(body, **{"from": "2021-13"})), "malformed")
    assert detail["field"] == "from"
    refusal(client.ask("STATUS", dict(body, until=202112)), "malformed")


def test_a_report_on_an_unknown_programme_is_refused(world):
    client = started(world).client()
    report = dict(reports.spending(world.municipality()), programme="steunpakket-2031")
    detail = refusal(client.ask("SUBMIT", report), "unknown-programme")
    assert detail == {"programmes": [reports.PROGRAMME]}
    refusal(client.ask("RULES", {"programme": "x"}), "unknown-programme")
    refusal(client.ask("STATUS", {"programme": "x", "municipality": "GM0451"}),
            "unknown-programme")


def test_what_is_not_the_senders_to_report_is_refused(world):
    mine, other = started(world).municipality(), world.municipality()
    key = world.add_submitter("limited", municipalities=f"[{mine}]", kinds="[outreach]")
    world.daemon.reload()
    client = world.client(key)
    receipt_of(client.ask("SUBMIT", reports.outreach(mine)))
    detail = refusal(client.ask("SUBMIT", reports.outreach(other)), "not-yours")
    assert detail["municipality"] == other
    refusal(client.ask("SUBMIT", reports.spending(mine)), "not-yours")
    refusal(client.ask("CHECK", reports.spending(mine)), "not-yours")
    body = {"programme": reports.PROGRAMME, "municipality": other}
    refusal(client.ask("STATUS", body), "not-yours")
    assert client.ask("STATUS", dict(body, municipality=mine)).kind == "STATUS"


def test_nobody_reports_for_a_municipality_that_is_not_there(world):
    client = started(world).client()
    refusal(client.ask("SUBMIT", reports.spending("GM9999")), "not-yours")
    # Weesp went into Amsterdam on 24 March 2022: it was there in March, and not in April.
    receipt_of(client.ask("SUBMIT", reports.spending("GM0457", "2022-03")))
    detail = refusal(client.ask("SUBMIT", reports.spending("GM0457", "2022-04")), "not-yours")
    assert detail["period"] == "2022-04"
    for code in ("GM9999", "", "GM045", "GM04511"):
        refusal(client.ask("STATUS", {"programme": reports.PROGRAMME, "municipality": code}),
                "not-yours")


def test_an_unknown_key_gets_no_session(world):
    assert_silence(started(world).client(new_key()))
    assert "key not known" in world.daemon.log()


def test_a_key_outside_its_dates_gets_no_session(world):
    key = started(world).add_submitter("past", validity="        until: 2021-01-01\n")
    world.daemon.reload()
    assert_silence(world.client(key))


def test_other_content_under_an_accepted_revision_conflicts(world):
    client, municipality = started(world).client(), world.municipality()
    receipt_of(client.ask("SUBMIT", reports.spending(municipality)))
    other = reports.spending(municipality)
    other["lines"][0]["spent"] = "1.00"
    detail = refusal(client.ask("SUBMIT", other), "conflict")
    assert detail == {"accepted_revision": 1}
    refusal(client.ask("CHECK", other), "conflict")


def test_a_revision_older_than_the_accepted_one_is_stale(world):
    client, municipality = started(world).client(), world.municipality()
    receipt_of(client.ask("SUBMIT", reports.spending(municipality, revision=7)))
    detail = refusal(client.ask("SUBMIT", reports.spending(municipality, revision=3)),
                     "stale-revision")
    assert detail == {"accepted_revision": 7}


def test_recall_knows_only_the_senders_own_requests(world):
    client, request = started(world).client(), new_id()
    refusal(client.ask("RECALL", {"request": new_id().hex()}), "unknown-request")
    receipt_of(client.ask("SUBMIT", reports.spending(world.municipality()), request))
    key = world.add_submitter("curious")
    world.daemon.reload()
    refusal(world.client(key).ask("RECALL", {"request": request.hex()}), "unknown-request")


def test_what_the_rules_reject_gets_a_receipt_and_every_finding(world):
    report = reports.spending(started(world).municipality(), lines=[
        {"ref": "a", "item": "jeugd.jongerenwerk", "funding": "gf-au", "spent": "2000000.00",
         "committed": "0"},
        {"ref": "b", "item": "jeugd.mentaal", "funding": "gf-au", "spent": "3000000.00",
         "committed": "0"}])
    answer = world.client().ask("SUBMIT", report)
    receipt = receipt_of(answer)
    assert (receipt["verdict"], receipt["errors"]) == ("rejected", 2)
    assert [(f["rule"], f["line"], f["ref"]) for f in answer.body["findings"]] == [
        ("T-101", 1, "a"), ("T-101", 2, "b")]
    assert answer.body["findings"][0]["expected"] == "1000000.00"


def test_lines_that_cannot_be_read_get_a_receipt_too(world):
    report = reports.spending(started(world).municipality())
    report["lines"][0].update(spent="12,50", item="jeugd.onbekend")
    answer = world.client().ask("SUBMIT", report)
    assert receipt_of(answer)["verdict"] == "rejected"
    assert {f["path"] for f in answer.body["findings"]} == {"/lines/0/spent", "/lines/0/item"}
    assert answer.body["contact"] == {"VWS": "steunpakket@minvws.example"}


def test_more_than_the_share_is_rate_limited(world):
    started(world).configure(limits_requests_per_minute=20)
    world.daemon.reload()
    key = world.add_submitter("eager")
    world.daemon.reload()
    client = world.client(key)
    answers = [client.ask("PING") for _ in range(25)]
    assert [a.kind for a in answers[:20]] == ["PONG"] * 20
    for answer in answers[21:]:
        retry(answer, "rate-limited")
    world.configure()
    world.daemon.reload()


def test_a_full_house_is_busy(world):
    world.daemon.stop()
    world.configure(limits_waiting_reports=3)
    world.daemon.start()
    client = world.client()
    with world.database.session() as session:
        session.run("BEGIN")
        session.run("LOCK TABLE steun.chain IN ACCESS EXCLUSIVE MODE")
        sent = [client.send("SUBMIT", reports.spending(world.municipality())) for _ in range(12)]
        busy = dict([client.receive()])
        assert next(iter(busy.values())).kind == "RETRY"
        session.run("ROLLBACK")
        rest = dict(client.receive() for _ in range(len(sent) - 1))
    answers = list(busy.values()) + list(rest.values())
    for answer in answers:
        if answer.kind == "RETRY":
            retry(answer, "busy")
    kinds = [answer.kind for answer in answers]
    assert kinds.count("RECEIPT") >= 3 and kinds.count("RETRY") >= 1
    world.daemon.stop()
    world.configure()


def test_a_connection_lost_in_commit_leaves_the_outcome_unknown(world):
    started(world)
    municipality = world.municipality()
    database = world.database
    # A trigger that fires inside COMMIT holds it open, so that the connection can break there.
    database.query(f"""
        CREATE FUNCTION public.hold() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_advisory_xact_lock(77); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER hold AFTER INSERT ON steun.submission
            DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
            WHEN (new.municipality = '{municipality}') EXECUTE FUNCTION public.hold()""")
    client, request = world.client(), new_id()
    report = reports.spending(municipality)
    with database.session() as session:
        session.run("SELECT pg_advisory_lock(77)")
        client.send("SUBMIT", report, request)
        waiting = ("SELECT pid FROM pg_stat_activity WHERE wait_event = 'advisory' AND query ILIKE "
                   "'%commit%'")
        wait_until(lambda: database.query(waiting), "COMMIT waits")
        database.query(f"SELECT pg_terminate_backend(pid) FROM ({waiting}) q")
        retry(client.receive()[1], "outcome-unknown")
    database.query("DROP TRIGGER hold ON steun.submission")
    wait_until(lambda: client.ask("PING").kind == "PONG", "the database is back")
    receipt_of(client.ask("SUBMIT", report, request))
    world.assert_sound()
