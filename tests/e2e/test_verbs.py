# SPDX-License-Identifier: EUPL-1.2
"""Every verb, answered well."""
import base64
import hashlib
import json

import reports
from client import entry_hash, new_id, receipt_of, rules_of


def started(world):
    if world.daemon.process is None:
        world.daemon.start()
    return world


def test_hello_tells_who_serves_whom(world):
    key = started(world).add_submitter("hello", municipalities="[GM0451]", kinds="[spending]")
    world.daemon.reload()
    answer = world.client(key).ask("HELLO")
    assert answer.kind == "WELCOME"
    body = answer.body
    assert body["protocols"] == ["STEUN1"]
    assert body["server"] and body["time"].endswith("Z")
    assert body["limits"]["body_bytes"] == 262144 and body["limits"]["lines"] == 500
    assert body["limits"]["requests_per_minute"] == 1000000
    assert [p["id"] for p in body["programmes"]] == [reports.PROGRAMME]
    assert len(body["programmes"][0]["ruleset_sha256"]) == 64
    assert [k["ed25519"] for k in body["receipt_keys"]] == [world.receipt_key]
    assert body["sender"] == {"id": "hello", "name": "Submitter hello",
                              "municipalities": ["GM0451"], "kinds": ["spending"],
                              "programmes": [reports.PROGRAMME]}


def test_hello_says_star_to_a_sender_for_all(world):
    answer = started(world).client().ask("HELLO")
    assert answer.body["sender"]["municipalities"] == "*"
    assert answer.body["sender"]["kinds"] == ["spending", "outreach"]


def test_ping_is_answered_when_the_database_answers(world):
    assert started(world).client().ask("PING").kind == "PONG"


def test_rules_lists_the_catalogue(world):
    answer = started(world).client().ask("RULES", {"programme": reports.PROGRAMME})
    assert answer.kind == "RULES"
    assert answer.body["programme"] == reports.PROGRAMME
    rules = {rule["id"]: rule for rule in answer.body["rules"]}
    assert set(rules) == {"T-101", "T-102", "T-201"}
    assert rules["T-101"]["severity"] == "error" and rules["T-101"]["kind"] == "spending"
    assert rules["T-102"]["explanation"] == "allowed"
    assert set(rules["T-102"]["message"]) == {"nl", "en"}
    assert "sources" not in answer.body


def test_rules_gives_the_texts_that_the_digest_is_of(world):
    answer = started(world).client().ask("RULES", {"programme": reports.PROGRAMME, "source": True})
    texts = "".join(source["text"] for source in answer.body["sources"])
    assert hashlib.sha256(texts.encode()).hexdigest() == answer.body["ruleset_sha256"]
    assert answer.body["sources"][0]["file"] == "test.yaml"


def test_check_tells_findings_and_stores_nothing(world):
    client, municipality = started(world).client(), world.municipality()
    good = client.ask("CHECK", reports.spending(municipality))
    assert good.kind == "FINDINGS" and good.body == {"verdict": "accepted", "findings": []}
    bad = reports.spending(municipality)
    bad["lines"][0]["spent"] = "1000000.01"
    answer = client.ask("CHECK", bad)
    assert answer.body["verdict"] == "rejected" and rules_of(answer) == ["T-101"]
    assert world.database.value(
        f"SELECT count(*) FROM steun.submission WHERE municipality = '{municipality}'") == "0"


def test_check_sees_the_history(world):
    client, municipality = started(world).client(), world.municipality()
    receipt_of(client.ask("SUBMIT", reports.spending(municipality, "2021-05")))
    high = reports.spending(municipality, "2021-06")
    high["lines"][0]["spent"] = "500000.00"
    answer = client.ask("CHECK", high)
    assert answer.body["verdict"] == "accepted-with-warnings" and rules_of(answer) == ["T-201"]
    assert "12500.00" in answer.body["findings"][0]["message"]["nl"]


def test_submit_answers_with_a_receipt_of_the_very_bytes(world):
    client, municipality = started(world).client(), world.municipality()
    text = json.dumps(reports.spending(municipality)).encode()
    request = new_id()
    answer = client.ask("SUBMIT", text, request)
    receipt = receipt_of(answer)
    assert receipt["format"] == "steun-receipt/1"
    assert receipt["number"] == f"{reports.PROGRAMME}/{municipality}/1"
    assert receipt["request"] == request.hex()
    assert receipt["report_sha256"] == hashlib.sha256(text).hexdigest()
    assert receipt["verdict"] == "accepted" and receipt["errors"] == receipt["warnings"] == 0
    assert receipt["previous"] == "0" * 64
    assert receipt["submitter"] == "all" and receipt["kind"] == "spending"
    assert answer.body["contact"] == {"VWS": "steunpakket@minvws.example"}
    assert answer.body["findings"] == []


def test_receipts_are_signed_with_the_key_of_the_welcome(world):
    client = started(world).client()
    answer = client.ask("SUBMIT", reports.spending(world.municipality()))
    path = world.folder / "proof.json"
    path.write_text(json.dumps(answer.body))
    assert answer.body["key"] == client.ask("HELLO").body["receipt_keys"][0]["id"]
    assert len(base64.b64decode(answer.body["signature"])) == 64
    world.assert_sound()


def test_receipts_of_a_municipality_form_a_chain(world):
    client, municipality = started(world).client(), world.municipality()
    previous = bytes(32)
    for number, period in enumerate(("2021-01", "2021-02", "2021-03"), 1):
        answer = client.ask("SUBMIT", reports.outreach(municipality, period))
        receipt = receipt_of(answer)
        assert receipt["number"].endswith(f"/{number}")
        assert receipt["previous"] == previous.hex()
        previous = entry_hash(previous, answer.body["receipt"])


def test_a_joint_item_names_both_departments(world):
    report = reports.spending(started(world).municipality())
    report["lines"][0].update(item="leefstijl.school", funding="departement")
    answer = world.client().ask("SUBMIT", report)
    assert set(answer.body["contact"]) == {"VWS", "OCW"}


def test_status_tells_where_each_period_stands(world):
    client, municipality = started(world).client(), world.municipality()
    receipt_of(client.ask("SUBMIT", reports.spending(municipality, "2021-02")))
    receipt_of(client.ask("SUBMIT", reports.empty(reports.outreach(municipality, "2021-02"))))
    answer = client.ask("STATUS", {"programme": reports.PROGRAMME, "municipality": municipality,
                                   "from": "2021-01", "until": "2021-02"})
    assert answer.kind == "STATUS" and answer.body["municipality"] == municipality
    entries = {(e["period"], e["kind"]): e for e in answer.body["entries"]}
    assert len(entries) == 4
    assert entries["2021-01", "spending"]["state"] == "missing"
    assert entries["2021-02", "spending"]["state"] == "accepted"
    assert entries["2021-02", "spending"]["revision"] == 1
    assert entries["2021-02", "spending"]["receipt"].endswith("/1")
    assert entries["2021-02", "outreach"]["state"] == "nil"
    assert entries["2021-02", "spending"]["deadline"] > "2021-03-01"


def test_status_covers_the_programme_when_no_months_are_given(world):
    answer = started(world).client().ask(
        "STATUS", {"programme": reports.PROGRAMME, "municipality": world.municipality()})
    periods = [e["period"] for e in answer.body["entries"]]
    assert periods[0] == "2021-01" and periods[-1] == "2022-12"


def test_recall_gives_the_receipt_byte_for_byte(world):
    client = started(world).client()
    request = new_id()
    answer = client.ask("SUBMIT", reports.spending(world.municipality()), request)
    again = client.ask("RECALL", {"request": request.hex()})
    assert again.kind == "RECEIPT" and again.raw == answer.raw
