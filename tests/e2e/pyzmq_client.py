#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""A client of STEUN/1 that shares nothing with steun: written from the protocol page alone.

Sends every verb to a running daemon, submits three reports for one municipality, and holds each
answer against the protocol: frames, fields, signature, hashes, chain, and what happens on
repetition. May be run any number of times: STATUS tells it which revision comes next.

From the environment: STEUN_ENDPOINT, STEUN_SERVER_KEY (Z85), STEUN_KEYS (a folder with
all.key_secret), and, if wanted, STEUN_MUNICIPALITY (a CBS code) for a sender who may send for all.
Exits 0 when everything is as it should be, otherwise 1 with what was not.
"""
import base64
import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import zmq
import zmq.auth
from zmq.utils.monitor import recv_monitor_message

PROTOCOL = b"STEUN1"
ANSWER_SECONDS = 20    # then the same request is sent again
PATIENCE_SECONDS = 90  # then we give up on it
MONTHS = ("2021-01", "2021-12")
HEX64 = re.compile(r"[0-9a-f]{64}")
ED25519_DER = bytes.fromhex("302a300506032b6570032100")

RECEIPT_FIELDS = {
    "format", "number", "received_at", "submitter", "sender_key", "request", "programme",
    "municipality", "kind", "period", "revision", "status", "report_sha256", "ruleset_sha256",
    "verdict", "errors", "warnings", "findings_sha256", "previous", "signing_key"}
VERDICTS = {"accepted", "accepted-with-warnings", "rejected"}
STATES = {"accepted", "nil", "withdrawn", "rejected", "missing", "not-due"}
FINDING_FIELDS = {"rule", "severity", "line", "path", "ref", "value", "expected", "message", "help",
                  "explained"}


class Deviation(Exception):
    """The daemon did something other than the protocol says."""


def hold(claim, text):
    if not claim:
        raise Deviation(text)


# The wire -----------------------------------------------------------------------------------------

class Connection:
    def __init__(self, endpoint, server_key, public, secret):
        self.context = zmq.Context()
        self.dealer = self.context.socket(zmq.DEALER)
        self.dealer.linger = 0
        self.dealer.connect_timeout = 5000
        self.dealer.curve_serverkey = server_key
        self.dealer.curve_publickey = public
        self.dealer.curve_secretkey = secret
        self.monitor = self.dealer.get_monitor_socket(
            zmq.EVENT_HANDSHAKE_SUCCEEDED | zmq.EVENT_HANDSHAKE_FAILED_AUTH)
        self.dealer.connect(endpoint)

    def handshake(self):
        """True when let in, False when the key is refused."""
        hold(self.monitor.poll(30000), "no handshake within 30 seconds: is the daemon there?")
        event = recv_monitor_message(self.monitor)["event"]
        return event == zmq.EVENT_HANDSHAKE_SUCCEEDED

    def send(self, *frames):
        self.dealer.send_multipart(frames)

    def receive(self, seconds):
        return self.dealer.recv_multipart() if self.dealer.poll(int(seconds * 1000)) else None

    def ask(self, verb, body=b"", request=None):
        """The reply's kind and body; RETRY and silence are met with the same request again."""
        request = request or os.urandom(16)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            self.send(PROTOCOL, verb.encode(), request, body)
            frames = self.receive(ANSWER_SECONDS)
            while frames and frames[2:3] != [request]:  # an answer to an earlier sending
                frames = self.receive(ANSWER_SECONDS)
            if not frames:
                continue
            kind, answer = check_frames(frames)
            if kind != "RETRY":
                return kind, answer
            self.receive(check_retry(answer) / 1000)
        raise Deviation(f"no answer to {verb} in {PATIENCE_SECONDS} seconds")

    def expect(self, kind, verb, body=b"", request=None):
        found, answer = self.ask(verb, body, request)
        hold(found == kind, f"{verb}: expected {kind}, got {found} {answer[:600]!r}")
        return answer

    def expect_refused(self, code, verb, body=b"", request=None):
        codes = code if isinstance(code, tuple) else (code,)
        refused = json.loads(self.expect("REFUSED", verb, body, request))
        hold(refused["code"] in codes, f"{verb}: refused with {refused['code']}, not {codes}")
        check_message(refused["message"], f"{verb} refused")
        return refused

    def close(self):
        self.dealer.disable_monitor()
        self.monitor.close(0)
        self.dealer.close(0)
        self.context.term()


def check_frames(frames):
    hold(len(frames) == 4, f"a reply of {len(frames)} frames, expected 4")
    hold(frames[0] == PROTOCOL, f"frame 0 is {frames[0]!r}")
    hold(len(frames[2]) == 16, "the request id in the reply is not 16 bytes")
    return frames[1].decode("ascii"), frames[3]


def check_message(message, where):
    hold(set(message) == {"nl", "en"} and all(message.values()),
         f"{where}: expected a message in nl and en, got {message!r}")


def check_retry(body):
    retry = json.loads(body)
    hold(retry["code"] in {"busy", "rate-limited", "store-down", "outcome-unknown", "stopping"},
         f"RETRY with code {retry['code']!r}")
    hold(isinstance(retry["after_ms"], int) and retry["after_ms"] > 0, "RETRY without after_ms")
    check_message(retry["message"], "RETRY")
    return retry["after_ms"]


# What answers say ---------------------------------------------------------------------------------

def check_welcome(body):
    welcome = json.loads(body)
    hold("STEUN1" in welcome["protocols"], "WELCOME does not name STEUN1")
    hold(isinstance(welcome["server"], str), "WELCOME without server version")
    server_time = parse_time(welcome["time"])
    drift = abs((server_time - datetime.datetime.now(datetime.timezone.utc)).total_seconds())
    hold(drift < 300, f"the server's time is {drift:.0f} s away from ours")
    limits = welcome["limits"]
    hold(limits["body_bytes"] == 262144 and limits["lines"] == 500, f"limits are {limits}")
    hold(limits["requests_per_minute"] > 0, "no requests allowed at all")
    hold(welcome["programmes"], "no programmes")
    for programme in welcome["programmes"]:
        hold(programme["id"] and programme["title"], f"programme {programme}")
        hold(HEX64.fullmatch(programme["ruleset_sha256"]), f"programme {programme}")
    hold(welcome["receipt_keys"], "no receipt-signing key")
    for key in welcome["receipt_keys"]:
        hold(len(base64.b64decode(key["ed25519"], validate=True)) == 32, f"receipt key {key}")
    sender = welcome["sender"]
    hold(sender["id"] and sender["name"] and sender["kinds"] and sender["programmes"],
         f"sender {sender}")
    municipalities = sender["municipalities"]
    hold(municipalities == "*" or isinstance(municipalities, list), f"sender {sender}")
    return welcome


def parse_time(text):
    hold(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", text), f"not a UTC time: {text!r}")
    return datetime.datetime.fromisoformat(text[:-1] + "+00:00")


def check_findings(findings):
    severities = []
    for finding in findings:
        hold(set(finding) <= FINDING_FIELDS, f"finding with unknown fields: {finding}")
        hold(finding["severity"] in {"error", "warning"}, f"finding {finding}")
        hold(finding["rule"], f"finding {finding}")
        hold(finding.get("line") is None or finding["line"] >= 1, f"finding {finding}")
        check_message(finding["message"], f"finding {finding['rule']}")
        severities.append(finding["severity"])
    hold(severities == sorted(severities), "errors do not come first")
    for severity in ("error", "warning"):
        lines = [f.get("line") or 0 for f in findings if f["severity"] == severity]
        hold(lines == sorted(lines), f"{severity}s are not in the order of the lines")


def check_verdict(verdict, findings):
    """Errors reject; so may a warning that nobody explained."""
    hold(verdict in VERDICTS, f"verdict {verdict!r}")
    errors = any(f["severity"] == "error" for f in findings)
    hold(not errors or verdict == "rejected", f"errors, and yet {verdict}")
    hold(findings or verdict == "accepted", f"no findings, and yet {verdict}")
    hold(not findings or verdict != "accepted", "findings, and yet plainly accepted")


def raw_member(body, name):
    """The bytes of a member's value as they stand in a JSON text."""
    text = body.decode("utf-8")
    start = text.index(f'"{name}":') + len(name) + 3
    _, end = json.JSONDecoder().raw_decode(text, start)
    return text[start:end].encode()


def signature_is_good(public_key, signature, signed):
    """Ed25519 by openssl, which has never heard of us."""
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        (place / "key").write_bytes(ED25519_DER + public_key)
        (place / "signature").write_bytes(signature)
        (place / "signed").write_bytes(signed)
        result = subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", place / "key",
             "-rawin", "-in", place / "signed", "-sigfile", place / "signature"],
            capture_output=True, check=False)
        return result.returncode == 0


class Receipt:
    """A RECEIPT body, checked by itself on construction and against its report by `check`."""

    def __init__(self, body, welcome):
        answer = json.loads(body)
        hold({"receipt", "signature", "key", "findings", "contact"} <= set(answer),
             f"RECEIPT with fields {sorted(answer)}")
        self.body = body
        self.bytes = answer["receipt"].encode("utf-8")
        self.content = json.loads(self.bytes)
        self.findings = answer["findings"]
        self.findings_sha256 = hashlib.sha256(raw_member(body, "findings")).hexdigest()
        keys = {k["id"]: base64.b64decode(k["ed25519"]) for k in welcome["receipt_keys"]}
        hold(answer["key"] in keys, f"signed by {answer['key']}, which HELLO does not name")
        hold(self.content["signing_key"] == answer["key"], "two names for the signing key")
        signature = base64.b64decode(answer["signature"], validate=True)
        hold(signature_is_good(keys[answer["key"]], signature, self.bytes), "the signature is bad")
        hold(not signature_is_good(keys[answer["key"]], signature, self.bytes + b" "),
             "openssl takes any signature")
        hold(all(isinstance(a, str) for a in answer["contact"].values()), "odd contact")

    def check(self, report, request, welcome):
        content, header = self.content, json.loads(report)
        hold(set(content) == RECEIPT_FIELDS,
             f"receipt's fields differ: {sorted(set(content) ^ RECEIPT_FIELDS)}")
        hold(content["format"] == "steun-receipt/1", f"format {content['format']}")
        for name in ("programme", "municipality", "kind", "period", "revision", "status"):
            hold(content[name] == header[name], f"receipt is for {name} {content[name]}")
        hold(content["request"] == request.hex(), "receipt is for another request")
        hold(content["report_sha256"] == hashlib.sha256(report).hexdigest(),
             "receipt is for other bytes")
        hold(content["submitter"] == welcome["sender"]["id"], "receipt is for another sender")
        hold(HEX64.fullmatch(content["sender_key"]), f"sender_key {content['sender_key']}")
        digests = {p["id"]: p["ruleset_sha256"] for p in welcome["programmes"]}
        hold(content["ruleset_sha256"] == digests[content["programme"]], "judged by other rules")
        prefix = f"{content['programme']}/{content['municipality']}/"
        hold(content["number"].startswith(prefix), f"number {content['number']}")
        hold(HEX64.fullmatch(content["previous"]), f"previous {content['previous']}")
        hold(self.number > 1 or content["previous"] == "0" * 64, "the chain starts elsewhere")
        parse_time(content["received_at"])
        self.check_judgement()

    def check_judgement(self):
        content = self.content
        check_findings(self.findings)
        check_verdict(content["verdict"], self.findings)
        for name, severity in (("errors", "error"), ("warnings", "warning")):
            count = sum(f["severity"] == severity for f in self.findings)
            hold(content[name] == count, f"{content[name]} {name}, but {count} are listed")
        hold(content["findings_sha256"] == self.findings_sha256, "findings have another hash")

    @property
    def number(self):
        return int(self.content["number"].rsplit("/", 1)[1])

    @property
    def is_accepted(self):
        return self.content["verdict"] != "rejected"

    def entry_hash(self):
        return hashlib.sha256(bytes.fromhex(self.content["previous"]) + self.bytes).hexdigest()

    def check_follows(self, earlier):
        hold(self.number > earlier.number, "receipt numbers go back")
        if self.number == earlier.number + 1:  # Nobody else reported in between.
            hold(self.content["previous"] == earlier.entry_hash(), "the chain is broken")


# The conversation ---------------------------------------------------------------------------------

class Conversation:
    def __init__(self, connection):
        self.connection = connection
        self.welcome = check_welcome(connection.expect("WELCOME", "HELLO"))
        sender = self.welcome["sender"]
        self.programme = sender["programmes"][0]
        self.municipality = os.environ.get("STEUN_MUNICIPALITY", "GM0451")
        if sender["municipalities"] != "*":
            self.municipality = sender["municipalities"][0]

    def status(self):
        """The entry of each (kind, period)."""
        question = json.dumps({"programme": self.programme, "municipality": self.municipality,
                               "from": MONTHS[0], "until": MONTHS[1]})
        answer = json.loads(self.connection.expect("STATUS", "STATUS", question.encode()))
        hold(answer["municipality"] == self.municipality, "STATUS of another municipality")
        entries = {}
        for entry in answer["entries"]:
            hold(entry["state"] in STATES, f"STATUS entry {entry}")
            hold(MONTHS[0] <= entry["period"] <= MONTHS[1], f"STATUS entry {entry}")
            hold(re.fullmatch(r"\d{4}-\d\d-\d\d", entry["deadline"]), f"STATUS entry {entry}")
            hold((entry["kind"], entry["period"]) not in entries, f"told twice: {entry}")
            entries[entry["kind"], entry["period"]] = entry
        hold(entries, "STATUS without entries")
        return entries

    def next_report(self, kind, period, lines):
        """A report of the next revision, its warnings explained as CHECK asks for."""
        entry = self.status().get((kind, period))
        hold(entry is not None, f"STATUS does not tell about {kind} of {period}")
        report = {"format": "steun-report/1", "programme": self.programme, "kind": kind,
                  "municipality": self.municipality, "period": period,
                  "revision": (entry.get("revision") or 0) + 1, "status": "provisional",
                  "nil": not lines, "lines": lines}
        for _ in range(3):
            findings = self.check(report)
            open_warnings = [f for f in findings
                             if f["severity"] == "warning" and not f.get("explained")]
            if not open_warnings:
                break
            report["explanations"] = explanations(findings)
        return json.dumps(report, indent=1).encode()

    def check(self, report):
        body = json.loads(
            self.connection.expect("FINDINGS", "CHECK", json.dumps(report).encode()))
        check_findings(body["findings"])
        check_verdict(body["verdict"], body["findings"])
        return body["findings"]

    def submit(self, report):
        request = os.urandom(16)
        body = self.connection.expect("RECEIPT", "SUBMIT", report, request)
        receipt = Receipt(body, self.welcome)
        receipt.check(report, request, self.welcome)
        return request, receipt

    def accepted(self, kind, period, lines):
        report = self.next_report(kind, period, lines)
        request, receipt = self.submit(report)
        hold(receipt.is_accepted, f"a {kind} report of {period} is rejected: {receipt.findings}")
        entry = self.status()[kind, period]
        hold(entry["revision"] == json.loads(report)["revision"], f"STATUS still has {entry}")
        hold(entry["state"] == ("accepted" if lines else "nil"), f"STATUS has {entry}")
        hold(str(entry["receipt"]) in (receipt.content["number"], str(receipt.number)),
             f"STATUS has {entry}")
        return report, request, receipt


def explanations(findings):
    """An answer to every warning."""
    answers = []
    for finding in findings:
        if finding["severity"] == "warning":
            answer = {"rule": finding["rule"], "text": "Nagezien en akkoord bevonden."}
            if finding.get("line"):
                answer["line"] = finding["line"]
            answers.append(answer)
    return answers


def spending_lines(cents):
    return [{"ref": "PY-1", "item": "jeugd.jongerenwerk", "funding": "gf-au",
             "spent": f"12.{cents:02d}", "committed": "0.00"}]


def check_rules(talk):
    question = {"programme": talk.programme}
    rules = json.loads(talk.connection.expect("RULES", "RULES", json.dumps(question).encode()))
    digests = {p["id"]: p["ruleset_sha256"] for p in talk.welcome["programmes"]}
    hold(rules["programme"] == talk.programme, "RULES of another programme")
    hold(rules["ruleset_sha256"] == digests[talk.programme], "RULES and HELLO differ in digest")
    hold(rules["rules"], "no rules")
    for rule in rules["rules"]:
        hold(rule["id"] and rule["severity"] in {"error", "warning"}, f"rule {rule}")
        hold(rule["kind"] in {"spending", "outreach", "both"}, f"rule {rule}")
    question["source"] = True
    sources = talk.connection.expect("RULES", "RULES", json.dumps(question).encode())
    hold(b"ruleset:" in sources, "RULES with source has no YAML")
    talk.connection.expect_refused("unknown-programme", "RULES", b'{"programme": "no-such"}')


def check_exactly_once(talk):
    """The same request, the same report, and RECALL all lead to the one receipt."""
    report, request, receipt = talk.accepted("spending", "2021-06", spending_lines(50))
    again = talk.connection.expect("RECEIPT", "SUBMIT", report, request)
    hold(again == receipt.body, "the same request got another answer")
    recalled = talk.connection.expect(
        "RECEIPT", "RECALL", json.dumps({"request": request.hex()}).encode())
    hold(recalled == receipt.body, "RECALL is not byte for byte")
    same = Receipt(talk.connection.expect("RECEIPT", "SUBMIT", report), talk.welcome)
    hold(same.bytes == receipt.bytes, "the same report got a second receipt")
    return report, receipt


def check_revisions(talk, first_report, first_receipt):
    """Same revision with other content; the next revision; and then the first one once more."""
    changed = json.loads(first_report)
    changed["lines"] = spending_lines(51)
    other = json.dumps(changed).encode()
    talk.connection.expect_refused("conflict", "SUBMIT", other)
    _, _, second = talk.accepted("spending", "2021-06", spending_lines(52))
    second.check_follows(first_receipt)
    talk.connection.expect_refused(("conflict", "stale-revision"), "SUBMIT", other)
    return second


def check_rejection(talk, earlier):
    """A rejection is receipted in the same chain, and judged afresh when it comes again."""
    report = json.loads(talk.next_report("spending", "2021-06", spending_lines(53)))
    report["lines"][0]["item"] = "no.such-item"
    body = json.dumps(report).encode()
    request, receipt = talk.submit(body)
    hold(not receipt.is_accepted, "an unknown item is accepted")
    receipt.check_follows(earlier)
    hold(talk.connection.expect("RECEIPT", "SUBMIT", body, request) == receipt.body,
         "a rejection is not kept")
    _, afresh = talk.submit(body)
    afresh.check_follows(receipt)


def check_refusals(talk):
    connection = talk.connection
    connection.expect_refused("unknown-request", "RECALL",
                              json.dumps({"request": os.urandom(16).hex()}).encode())
    connection.expect_refused("unknown-verb", "DANCE")
    refused = connection.expect_refused("malformed", "SUBMIT", b'{"format": "steun-report/1",\n !')
    hold(refused["detail"]["line"] == 2, f"malformed: detail is {refused['detail']}")
    connection.expect_refused("malformed", "SUBMIT", b"{}")
    connection.expect_refused("too-large", "SUBMIT", b" " * 262145)
    report = {"format": "steun-report/1", "programme": "no-such", "kind": "spending",
              "municipality": talk.municipality, "period": "2021-06", "revision": 1,
              "status": "final", "lines": []}
    connection.expect_refused("unknown-programme", "SUBMIT", json.dumps(report).encode())


def check_bad_frames(talk):
    request = os.urandom(16)
    for frames in ((PROTOCOL, b"PING", request), (PROTOCOL, b"PING", request, b"", b""),
                   (b"STEUN9", b"PING", request, b"")):
        talk.connection.send(*frames)
        answer = talk.connection.receive(ANSWER_SECONDS)
        hold(answer, f"no answer to {len(frames)} frames with an id")
        kind, body = check_frames(answer)
        hold(kind == "REFUSED" and answer[2] == request, f"{len(frames)} frames got {kind}")
        hold(json.loads(body)["code"] == "bad-frame", f"{len(frames)} frames got {body!r}")
    talk.connection.send(PROTOCOL, b"PING", b"short", b"")
    talk.connection.send(b"noise")
    talk.connection.expect("PONG", "PING")  # Silence on both, and the next request is answered.


def check_stranger(endpoint, server_key):
    stranger = Connection(endpoint, server_key, *zmq.curve_keypair())
    hold(not stranger.handshake(), "a key that nobody knows is let in")
    stranger.close()


def converse(endpoint, server_key, certificate):
    connection = Connection(endpoint, server_key, *zmq.auth.load_certificate(certificate))
    hold(connection.handshake(), f"the daemon does not know the key of {certificate}")
    talk = Conversation(connection)
    talk.connection.expect("PONG", "PING")
    check_rules(talk)
    report, first = check_exactly_once(talk)
    second = check_revisions(talk, report, first)
    check_rejection(talk, second)
    talk.accepted("outreach", "2021-06", [])
    check_refusals(talk)
    check_bad_frames(talk)
    connection.close()
    check_stranger(endpoint, server_key)
    return talk


def main():
    try:
        endpoint = os.environ["STEUN_ENDPOINT"]
        server_key = os.environ["STEUN_SERVER_KEY"].encode()
        certificate = pathlib.Path(os.environ["STEUN_KEYS"]) / "all.key_secret"
        talk = converse(endpoint, server_key, certificate)
    except KeyError as missing:
        print(f"pyzmq_client: {missing} is missing (in the environment or in an answer)",
              file=sys.stderr)
        return 1
    except (Deviation, OSError, ValueError) as problem:
        print(f"pyzmq_client: {problem}", file=sys.stderr)
        return 1
    print(f"pyzmq_client: every verb answered as the protocol says, for {talk.municipality}")
    return 0


sys.exit(main())
