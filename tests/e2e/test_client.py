# SPDX-License-Identifier: EUPL-1.2
"""steun, the submitter's client, as a finance officer's script sees it."""
import json
import os
import re
import shutil
import signal
import subprocess
import threading

import reports
from client import new_key
from harness import ROOT, STEUN, run, wait_until


class Desk:
    """A submitter's place of work: keys, settings, a spool and receipts, in one folder."""

    def __init__(self, world, name, key=None, **settings):
        self.world = world
        self.folder = world.folder / f"desk-{name}"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        self.spool, self.receipts = self.folder / "spool", self.folder / "receipts"
        self.key_path = self.folder / "own.key_secret"
        self.write_key(key or world.all_key)
        self.settings = {"endpoints": f"[{world.daemon.endpoint or 'tcp://127.0.0.1:1'}]",
                         "server_key": f"'{world.server_key.decode()}'",
                         "key": self.key_path, "spool": self.spool, "receipts": self.receipts,
                         "lang": "en", "reply_timeout_s": 5}
        self.configure(**settings)

    def write_key(self, key):
        self.key_path.write_text(f'metadata\ncurve\n    public-key = "{key.public.decode()}"\n'
                                 f'    secret-key = "{key.secret.decode()}"\n')
        self.key_path.chmod(0o600)

    def configure(self, **settings):
        self.settings.update(settings)
        lines = "".join(f"{k}: {v}\n" for k, v in self.settings.items())
        (self.folder / "steun.yaml").write_text(lines)

    def environment(self):
        clean = {k: v for k, v in os.environ.items() if not k.startswith("STEUN_")}
        return dict(clean, HOME=str(self.folder))

    def command(self, *words):
        return [str(STEUN), *map(str, words), "--config", str(self.folder / "steun.yaml")]

    def steun(self, *words):
        return run(*self.command(*words), env=self.environment(), cwd=self.folder)

    def start(self, *words):
        return subprocess.Popen(self.command(*words), env=self.environment(), cwd=self.folder,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def write(self, name, report):
        path = self.folder / name
        path.write_bytes(report if isinstance(report, bytes) else reports.text_of(report))
        return path

    def spooled(self):
        return sorted(p.name for p in self.spool.glob("*.report"))

    def stored(self):
        return sorted(p.name for p in self.receipts.glob("*.json"))


def started(world):
    if world.daemon.process is None:
        world.daemon.start()
    return world


def outcomes(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_an_accepted_report_exits_0_and_leaves_a_receipt(world):
    desk = Desk(started(world), "accepted")
    code = world.municipality()
    path = desk.write("june.json", reports.spending(code))
    done = desk.steun("submit", path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"ACCEPTED  {path}: {code}, June 2021, spending, revision 1, receipt " in done.stdout
    assert "1 accepted, 0 accepted with warnings, 0 rejected" in done.stdout
    assert desk.spooled() == []
    assert desk.stored() == [f"steunpakket-2021_{code}_1.json"]
    kept = desk.receipts / f"steunpakket-2021_{code}_1.report"
    assert kept.read_bytes() == path.read_bytes()
    assert (desk.receipts / "known_keys").read_text().split()[-1] == world.receipt_key


def too_much(code, **other):
    """A report that the rule T-101 rejects."""
    report = reports.spending(code, **other)
    report["lines"][0]["spent"] = "1000000.01"
    return report


def test_a_rejected_report_exits_1_and_its_findings_can_be_acted_on(world):
    desk = Desk(started(world), "rejected", lang="nl")
    code = world.municipality()
    done = desk.steun("submit", desk.write("juni.json", too_much(code)))
    assert done.returncode == 1, done.stdout + done.stderr
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines[0].startswith("AFGEKEURD  ") and "juni 2021, besteding, revisie 1" in lines[0]
    assert lines[1] == "FOUT T-101, regel 1 (GB-1), besteed"
    assert lines[2] == "Meer dan 1000000.00 euro."
    assert "staat er:    1000000.01" in lines and "verwacht:    1000000.00" in lines
    assert lines[-1] == "0 aanvaard, 0 aanvaard met signalen, 1 afgekeurd"
    assert desk.spooled() == [] and len(desk.stored()) == 1


def test_a_warning_is_shown_and_exits_0(world):
    desk = Desk(started(world), "warning")
    report = reports.outreach(world.municipality())
    report["lines"][0]["contact_moments"] = 1
    done = desk.steun("submit", desk.write("a.json", report))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ACCEPTED WITH WARNINGS" in done.stdout
    assert "WARNING T-102, line 1 (W-1), contact_moments" in done.stdout
    assert "Fewer contacts than people." in done.stdout


def test_a_refused_report_exits_1_and_is_kept_with_the_reason(world):
    key = started(world).add_submitter("narrow", municipalities="[GM0451]", kinds="[spending]")
    world.daemon.reload()
    desk = Desk(world, "refused", key)
    path = desk.write("b.json", reports.outreach("GM0451"))
    done = desk.steun("submit", path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "REFUSED" in done.stdout and "not-yours: This key may not report" in done.stdout
    assert desk.spooled() == [] and desk.stored() == []
    kept = sorted((desk.spool / "refused").iterdir())
    assert json.loads(kept[0].read_text())["code"] == "not-yours"
    assert kept[1].read_bytes().endswith(path.read_bytes())


def test_a_revision_with_other_content_is_a_conflict(world):
    desk = Desk(started(world), "conflict")
    code = world.municipality()
    assert desk.steun("submit", desk.write("a.json", reports.spending(code))).returncode == 0
    other = reports.spending(code)
    other["lines"][0]["spent"] = "1.00"
    done = desk.steun("submit", desk.write("b.json", other), "--json")
    assert done.returncode == 1
    assert [(o["outcome"], o["code"]) for o in outcomes(done)] == [("refused", "conflict")]


def test_the_same_report_again_gets_the_same_receipt(world):
    desk = Desk(started(world), "again")
    path = desk.write("a.json", reports.spending(world.municipality()))
    first, second = (outcomes(desk.steun("submit", path, "--json"))[0] for _ in range(2))
    assert first["receipt"] == second["receipt"] and second["outcome"] == "accepted"
    assert first["request"] != second["request"]
    assert len(desk.stored()) == 1 and desk.spooled() == []


def test_usage_and_unreadable_input_exit_2_and_send_nothing(world):
    desk = Desk(started(world), "usage")
    good = desk.write("good.json", reports.spending(world.municipality()))
    desk.write("broken.json", b'{"format": "steun-report/1",\n  "lines": [}')
    desk.write("book.csv", b"PK\x03\x04...")
    desk.write("large.json", b" " * 262145)
    for words, message in [
            (("submit", good, "broken.json"), "broken.json:2:13: this is not JSON"),
            (("submit", "absent.json"), "absent.json: cannot open"),
            (("submit", "book.csv"), "this is an Excel workbook"),
            (("submit", "large.json"), "at most 262144 are allowed"),
            (("submit", good, "--period", "2021-06"), "only a CSV file"),
            (("submit", "--endpont", "x"), "did you mean --endpoint?"),
            (("submit", good, "--timeout", "soon"), "expected seconds"),
            (("submit", good, "--endpoint", "ipc:///x"), "expected tcp://"),
            (("check",), "give one or more files"),
            (("recall",), "give a request id"),
            (("recall", "absent"), "cannot open absent"),
            (("keygen",), "give a name"),
            (("status", "--lang", "fr"), "expected nl or en"),
            (("verify", "absent", "--key", "x"), "32 bytes in base64"),
            (("keygen", "a", "b"), "give a name")]:
        done = desk.steun(*words, *(() if "--lang" in words else ("--lang", "en")))
        assert done.returncode == 2, (words, done)
        assert message in done.stderr, (words, done.stderr)
    assert desk.spooled() == [] and desk.stored() == []
    done = run(STEUN, "submit", "--lang", "en", "--timeout")
    assert done.returncode == 2 and "--timeout needs SECONDS" in done.stderr
    done = run(STEUN, "submit", "--config", "absent.yaml")
    assert done.returncode == 2 and "absent.yaml" in done.stderr
    assert run(STEUN).returncode == 2
    assert run(STEUN, "submti").returncode == 2


def test_help_and_version_exit_0(world):
    desk = Desk(world, "help")
    for words in (("--help",), ("help",), ("submit", "--help"), ("-h",)):
        done = desk.steun(*words)
        assert done.returncode == 0 and "submit" in done.stdout
    assert "maak een sleutelpaar" in run(STEUN, "--help").stdout
    assert "make a key pair" in run(STEUN, "--help", "--lang", "en").stdout
    assert re.match(r"steun \d+\.\d+\.\d+\n$", run(STEUN, "--version").stdout)
    assert re.match(r"steun \d+\.\d+\.\d+\n$", run(STEUN, "submit", "--version").stdout)


def test_a_key_that_others_can_read_is_refused(world):
    desk = Desk(started(world), "loose")
    desk.key_path.chmod(0o644)
    done = desk.steun("ping")
    assert done.returncode == 2 and "chmod 600" in done.stderr


def test_what_cannot_be_delivered_waits_and_exits_3(world):
    desk = Desk(started(world), "later")
    code = world.municipality()
    path = desk.write("a.json", reports.spending(code))
    desk.configure(endpoints="[tcp://127.0.0.1:1]")
    done = desk.steun("submit", path, "--timeout", "1")
    assert done.returncode == 3, done
    assert "the server cannot be reached" in done.stderr
    desk.configure(endpoints="[tcp://127.0.0.1:1]", receipt_keys=f"[{world.receipt_key}]")
    done = desk.steun("submit", "--timeout", "1")
    assert done.returncode == 3, done
    assert "NOT DELIVERED YET" in done.stdout and "1 not delivered yet" in done.stdout
    assert len(desk.spooled()) == 1 and desk.stored() == []
    # The same file again is not a second report.
    assert desk.steun("submit", path, "--timeout", "1").returncode == 3
    assert len(desk.spooled()) == 1
    # The second endpoint is the one that answers.
    desk.configure(endpoints=f"[tcp://127.0.0.1:1, {world.daemon.endpoint}]")
    done = desk.steun("submit", "--json")
    assert done.returncode == 0, done
    assert outcomes(done)[0]["receipt"] == f"steunpakket-2021/{code}/1"
    assert desk.spooled() == []


def test_nothing_to_send_is_no_failure(world):
    desk = Desk(started(world), "nothing")
    assert desk.steun("submit").returncode == 0


def test_a_key_that_is_not_known_is_told_and_not_waited_for(world):
    desk = Desk(started(world), "stranger", new_key())
    path = desk.write("a.json", reports.spending(world.municipality()))
    done = desk.steun("submit", path)
    assert done.returncode == 3, done
    assert "your key is not known at the ministry" in done.stderr
    assert len(desk.spooled()) == 1
    done = desk.steun("ping", "--lang", "nl")
    assert done.returncode == 3 and "uw sleutel is niet bekend" in done.stderr


def test_a_wrong_server_key_is_told(world):
    desk = Desk(started(world), "wrong")
    done = desk.steun("ping", "--server-key", new_key().public.decode(), "--timeout", "1")
    assert done.returncode == 3
    assert "not with the key in server_key" in done.stderr, done.stderr


def test_a_csv_file_as_excel_writes_it_is_a_report(world):
    desk = Desk(started(world), "csv")
    code = world.municipality()
    table = ("Post;Financiering;Besteed;Verplicht;Referentie\r\n"
             "jeugd.jongerenwerk;gf-au;€ 12.500,50;-;Fryslân 1\r\n"
             "kwetsbaar.contact;gf-au;1.234;0,5;\"a;b\"\r\n;;;;\r\n")
    path = desk.write(f"{code}_2021-06_besteding_r1.csv", table.encode("cp1252"))
    done = desk.steun("submit", path)
    assert done.returncode == 0, done.stdout + done.stderr
    kept = json.loads((desk.receipts / f"steunpakket-2021_{code}_1.report").read_text())
    assert kept == {
        "format": "steun-report/1", "programme": reports.PROGRAMME, "kind": "spending",
        "municipality": code, "period": "2021-06", "revision": 1, "status": "provisional",
        "lines": [{"ref": "Fryslân 1", "item": "jeugd.jongerenwerk", "funding": "gf-au",
                   "spent": "12500.50", "committed": "0"},
                  {"ref": "a;b", "item": "kwetsbaar.contact", "funding": "gf-au",
                   "spent": "1234", "committed": "0.5"}]}
    done = desk.steun("submit", desk.write("x.csv", b"post;besteed\njeugd;12.50\n"), "--nil")
    assert done.returncode == 2
    assert "x.csv: give the municipality" in done.stderr


def test_a_nil_report_and_a_withdrawal_come_from_empty_tables(world):
    desk = Desk(started(world), "nil")
    code = world.municipality()
    heading = b"post;financiering;besteed;verplicht\n"
    nil = desk.write(f"{code}_2021-01_besteding_r1.csv", heading)
    done = desk.steun("submit", nil)
    assert done.returncode == 2 and "give --nil" in done.stderr
    assert desk.steun("submit", nil, "--nil").returncode == 0
    gone = desk.write(f"{code}_2021-01_besteding_r2_ingetrokken.csv", heading)
    assert desk.steun("submit", gone).returncode == 0
    states = json.loads(desk.steun("status", "--municipality", code, "--json").stdout)["entries"]
    assert [e["state"] for e in states if e["period"] == "2021-01" and e["kind"] == "spending"] \
        == ["withdrawn"]


def test_check_finds_what_submit_would_and_stores_nothing(world):
    desk = Desk(started(world), "check")
    code = world.municipality()
    good = desk.write("good.json", reports.spending(code))
    bad = desk.write("bad.json", too_much(code, period="2021-07"))
    done = desk.steun("check", good)
    assert done.returncode == 0 and "IN ORDER" in done.stdout, done
    done = desk.steun("check", good, bad, "--json")
    assert done.returncode == 1
    found = {o["file"]: o for o in outcomes(done)}
    assert found[str(good)]["outcome"] == "accepted"
    assert found[str(bad)]["findings"][0]["rule"] == "T-101"
    states = json.loads(desk.steun("status", "--municipality", code, "--json").stdout)["entries"]
    assert not any("receipt" in entry for entry in states)
    done = desk.steun("check", good, "--endpoint", "tcp://127.0.0.1:1", "--timeout", "1")
    assert done.returncode == 3 and "NOT CHECKED" in done.stdout


def test_check_offline_knows_the_structure_only(world):
    desk = Desk(world, "offline", programmes=ROOT / "config" / "programmes")
    good = desk.write("good.json", too_much("GM0451"))
    report = reports.spending("GM0451")
    report["lines"][0]["item"] = "jeugd.jongerenwerkje"
    bad = desk.write("bad.json", report)
    assert desk.steun("check", "--offline", good).returncode == 0
    done = desk.steun("check", "--offline", bad, "--lang", "nl")
    assert done.returncode == 1, done
    assert "NIET IN ORDE" in done.stdout and "regel 1 (GB-1), post" in done.stdout


def test_hello_tells_who_one_is_and_pins_the_key(world):
    key = started(world).add_submitter("greeter", municipalities="[GM0451, GM0014]")
    world.daemon.reload()
    desk = Desk(world, "hello", key, lang="nl")
    done = desk.steun("hello")
    assert done.returncode == 0, done
    assert re.search(r"^u bent +Submitter greeter$", done.stdout, re.M)
    assert re.search(r"^gemeenten +GM0014, GM0451$|^gemeenten +GM0451, GM0014$", done.stdout, re.M)
    assert re.search(r"^soorten +besteding, bereik$", done.stdout, re.M)
    assert world.receipt_key in (desk.receipts / "known_keys").read_text()
    assert json.loads(desk.steun("hello", "--json").stdout)["sender"]["id"] == "greeter"


def test_a_new_receipt_key_is_not_believed_until_somebody_says_so(world):
    desk = Desk(started(world), "trust")
    desk.receipts.mkdir()
    other = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    (desk.receipts / "known_keys").write_text(f"630dcd2966c43366 {other}\n")
    path = desk.write("a.json", reports.spending(world.municipality()))
    done = desk.steun("submit", path)
    assert done.returncode == 3, done
    assert "NOT PROVEN" in done.stdout and "key that is not known here" in done.stdout
    assert len(desk.spooled()) == 1 and desk.stored() == []
    done = desk.steun("hello")
    assert "NOT known" in done.stdout
    key_id = re.search(r"^signs with +(\w{16})", done.stdout, re.M).group(1)
    assert desk.steun("hello", "--trust", "0" * 16).returncode == 2
    done = desk.steun("hello", "--trust", key_id)
    assert done.returncode == 0 and f"{key_id}  known" in done.stdout
    # The daemon gives the receipt of the first time, byte for byte; now it counts.
    assert desk.steun("submit").returncode == 0
    assert len(desk.stored()) == 1 and desk.spooled() == []


def test_ping_tells_how_long_it_took(world):
    done = Desk(started(world), "ping").steun("ping", "--json")
    assert done.returncode == 0 and json.loads(done.stdout)["pong"] is True


def test_rules_are_listed_in_both_languages_and_as_they_stand(world):
    desk = Desk(started(world), "rules")
    done = desk.steun("rules", "--lang", "nl")
    assert done.returncode == 0
    assert "T-101  fout, besteding\n      Meer dan {{params.most}} euro." in done.stdout
    assert "T-102  signaal, bereik, toelichting mag" in done.stdout
    assert "3 rules, SHA-256 " in desk.steun("rules").stdout
    source = desk.steun("rules", "--source").stdout
    assert "ruleset: steunpakket-2021" in source and "    assert: 'line.spent" in source
    assert len(json.loads(desk.steun("rules", "--json").stdout)["rules"]) == 3
    done = desk.steun("rules", "--programme", "other")
    assert done.returncode == 1 and "unknown-programme" in done.stdout


def test_status_is_a_table_in_words(world):
    key = started(world).add_submitter("statist", municipalities="[GM0451]")
    world.daemon.reload()
    desk = Desk(world, "status", key, lang="nl")
    desk.steun("submit", desk.write("a.json", reports.spending("GM0451", "2021-02")))
    desk.steun("submit", desk.write("b.json", too_much("GM0451", period="2021-03")))
    done = desk.steun("status", "--from", "2021-02", "--until", "2021-03")
    assert done.returncode == 0, done
    lines = [re.sub(r"\d{4}-\d\d-\d\d", "DATE", re.sub(" +", " ", line))
             for line in done.stdout.splitlines()]
    assert lines[0] == "GM0451"
    assert lines[1].startswith("maand soort uiterlijk stand")
    assert "februari 2021 besteding DATE aanvaard (voorlopig) 0 " \
        "steunpakket-2021/GM0451/1 (revisie 1)" in lines
    assert any(line.startswith("februari 2021 bereik DATE ontbreekt") for line in lines)
    assert any(line.startswith("maart 2021 besteding DATE afgekeurd") for line in lines)
    done = desk.steun("status", "--municipality", "GM0014")
    assert done.returncode == 1 and "not-yours" in done.stdout
    done = Desk(world, "status-all").steun("status")
    assert done.returncode == 2 and "--municipality" in done.stderr


def test_recall_brings_a_receipt_back(world):
    desk = Desk(started(world), "recall")
    path = desk.write("a.json", reports.spending(world.municipality()))
    sent = outcomes(desk.steun("submit", path, "--json"))[0]
    stored = desk.receipts / desk.stored()[0]
    before = stored.read_bytes()
    stored.unlink()
    done = desk.steun("recall", sent["request"])
    assert done.returncode == 0, done
    assert stored.read_bytes() == before
    assert desk.steun("recall", stored).returncode == 0
    done = desk.steun("recall", "0" * 32)
    assert done.returncode == 1 and "unknown-request" in done.stdout


def test_verify_proves_a_folder_and_finds_what_was_touched(world):
    desk = Desk(started(world), "verify")
    code = world.municipality()
    months = [f"2021-{month:02}" for month in range(1, 6)]
    paths = [desk.write(f"{m}.json", reports.spending(code, m)) for m in months]
    assert desk.steun("submit", *paths).returncode == 0
    done = desk.steun("verify")
    assert done.returncode == 0, done
    assert done.stdout == "5 receipts with a valid signature, 5 reports that belong to them, " \
                          "5 links in 1 chains hold\n"
    third = desk.receipts / f"steunpakket-2021_{code}_3.json"
    assert desk.steun("verify", third).returncode == 0
    whole = third.read_bytes()

    def spoiled(content, path=third):
        before = path.read_bytes()
        path.write_bytes(content)
        try:
            done = desk.steun("verify", desk.receipts, "--json")
            assert done.returncode == 1, done
            return [o["fault"] for o in outcomes(done)[:-1]]
        finally:
            path.write_bytes(before)
    assert spoiled(whole.replace(b"2021-03", b"2021-04", 1)) == ["not-proven", "gap"]
    assert spoiled(whole.replace(b'"findings":[]', b'"findings":[0]')) == ["not-proven", "gap"]
    assert spoiled(b"{}") == ["not-proven", "gap"]
    assert spoiled(b"{}", third.with_suffix(".report")) == ["other-report"]
    third.unlink()
    done = desk.steun("verify")
    assert done.returncode == 1 and "these numbers are missing: 3..3" in done.stdout
    assert desk.steun("verify", "--allow-gaps").returncode == 0
    assert desk.steun("verify", desk.receipts, "--key", world.receipt_key,
                      "--allow-gaps").returncode == 0
    other = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
    assert desk.steun("verify", desk.receipts, "--key", other).returncode == 1


def many(world, desk, count):
    """Files of `count` reports over some municipalities, in the order of their months."""
    codes = [world.municipality() for _ in range(count // 10)]
    paths = []
    for month in range(1, 6):
        for code in codes:
            for make in (reports.spending, reports.outreach):
                report = make(code, f"2021-{month:02}")
                paths.append(desk.write(f"{code}-{month}-{report['kind']}.json", report))
    return paths, codes


def assert_each_once(world, desk, paths, codes):
    """Every report has one receipt here and one submission there, and the chains hold."""
    assert desk.spooled() == []
    assert len(desk.stored()) == len(paths)
    stored = world.database.query(
        "SELECT count(*) FROM steun.submission WHERE municipality = ANY('{%s}')" % ",".join(codes))
    assert int(stored[0][0]) == len(paths)
    done = desk.steun("verify")
    assert done.returncode == 0, done.stdout
    world.assert_sound()


def test_many_reports_go_over_one_connection(world):
    desk = Desk(started(world), "many")
    paths, codes = many(world, desk, 300)
    done = desk.steun("submit", *paths, "--quiet")
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    assert done.stdout == "300 accepted, 0 accepted with warnings, 0 rejected\n"
    assert done.stderr == ""
    assert_each_once(world, desk, paths, codes)


def test_killed_at_any_moment_it_loses_and_doubles_nothing(world):
    desk = Desk(started(world), "killed")
    paths, codes = many(world, desk, 300)
    desk.configure(receipt_keys=f"[{world.receipt_key}]")
    sender = desk.start("submit", *paths)
    for wanted in (1, 60, 130, 200):
        wait_until(lambda: sender.poll() is not None or len(desk.stored()) >= wanted,
                   f"{wanted} receipts")
        sender.send_signal(signal.SIGKILL)
        sender.wait()
        sender.stdout.close()
        sender.stderr.close()
        sender = desk.start("submit", *paths)
    sender.communicate(timeout=120)
    assert sender.returncode == 0
    assert_each_once(world, desk, paths, codes)


def test_a_daemon_killed_in_mid_stream_costs_nothing(world):
    desk = Desk(started(world), "restart")
    paths, codes = many(world, desk, 300)
    sender = desk.start("submit", *paths)
    wait_until(lambda: len(desk.stored()) >= 50, "50 receipts")
    world.daemon.kill()
    world.daemon.start()
    out, err = sender.communicate(timeout=120)
    assert sender.returncode == 0, out[-2000:] + err
    assert_each_once(world, desk, paths, codes)


def test_interrupted_it_stops_with_3_and_the_next_goes_on(world):
    desk = Desk(started(world), "interrupt", endpoints="[tcp://127.0.0.1:1]",
                receipt_keys=f"[{world.receipt_key}]")
    path = desk.write("a.json", reports.spending(world.municipality()))
    sender = desk.start("submit", path)
    wait_until(lambda: len(desk.spooled()) == 1, "the report is in the spool")
    threading.Event().wait(0.3)
    sender.send_signal(signal.SIGINT)
    out, _ = sender.communicate(timeout=30)
    assert sender.returncode == 3 and "NOT DELIVERED YET" in out
    desk.configure(endpoints=f"[{world.daemon.endpoint}]")
    assert desk.steun("submit").returncode == 0


def test_two_clients_that_share_a_spool_send_each_report_once(world):
    desk = Desk(started(world), "shared", endpoints="[tcp://127.0.0.1:1]",
                receipt_keys=f"[{world.receipt_key}]")
    code = world.municipality()
    first = desk.write("a.json", reports.spending(code))
    second = desk.write("b.json", reports.outreach(code))
    sender = desk.start("submit", first)
    wait_until(lambda: (desk.spool / "lock").exists() and (desk.spool / "lock").read_text(),
               "the first one sends")
    done = desk.steun("submit", second)
    assert done.returncode == 3, done
    assert f"another steun (process {sender.pid}) sends from this spool" in done.stderr
    assert len(desk.spooled()) == 2
    sender.send_signal(signal.SIGTERM)
    sender.communicate(timeout=30)
    desk.configure(endpoints=f"[{world.daemon.endpoint}]")
    done = desk.steun("submit", "--json")
    assert done.returncode == 0 and len(outcomes(done)) == 2


def test_what_another_client_adds_is_sent_as_well(world):
    desk = Desk(started(world), "joined", receipt_keys=f"[{world.receipt_key}]")
    code = world.municipality()
    first = desk.write("a.json", reports.spending(code))
    second = desk.write("b.json", reports.outreach(code))
    port = world.daemon.endpoint
    world.daemon.stop()
    sender = desk.start("submit", first)
    wait_until(lambda: (desk.spool / "lock").exists() and (desk.spool / "lock").read_text(),
               "the first one sends")
    assert desk.steun("submit", second).returncode == 3
    world.daemon.start()
    assert world.daemon.endpoint == port
    out, err = sender.communicate(timeout=120)
    assert sender.returncode == 0, out + err
    assert desk.spooled() == [] and len(desk.stored()) == 2


def test_a_damaged_spool_file_is_told_and_kept(world):
    desk = Desk(started(world), "damaged")
    desk.spool.mkdir()
    name = f"000000000001-{'0' * 32}-{'f' * 32}-june.json.report"
    (desk.spool / name).write_bytes(b"{}")
    path = desk.write("a.json", reports.spending(world.municipality()))
    done = desk.steun("submit", path)
    assert done.returncode == 3, done
    assert "the SHA-256 is not that in its name" in done.stdout and "1 accepted" in done.stdout
    assert desk.spooled() == [name]


def test_the_client_needs_no_database_library(world):
    assert world is not None
    libraries = run("ldd", STEUN).stdout
    assert "libzmq" in libraries and "libpq" not in libraries


def test_every_key_of_the_sample_settings_is_at_its_default(world):
    desk = Desk(world, "sample")
    shutil.copy(ROOT / "config" / "steun.yaml", desk.folder / "steun.yaml")
    done = desk.steun("ping", "--lang", "en")
    assert done.returncode == 2
    assert "endpoints: the address of the ministry is missing" in done.stderr
    assert "steun.yaml:" not in done.stderr


def test_the_environment_of_the_demo_is_enough(world):
    desk = Desk(started(world), "environment")
    environment = dict(desk.environment(), STEUN_ENDPOINT=world.daemon.endpoint,
                       STEUN_SERVER_KEY=world.server_key.decode(), STEUN_LANG="en",
                       STEUN_KEY=str(desk.key_path), STEUN_RECEIPTS=str(desk.receipts),
                       STEUN_SPOOL=str(desk.spool))
    path = desk.write("a.json", reports.spending(world.municipality()))
    done = run(STEUN, "submit", path, env=environment)
    assert done.returncode == 0 and "1 accepted" in done.stdout, done


def test_keys_made_by_keygen_are_taken(world):
    desk = Desk(started(world), "keygen")
    done = run(STEUN, "keygen", desk.folder / "fresh", "--lang", "en")
    assert done.returncode == 0, done
    public = re.search(r"^  (\S{40})$", done.stdout, re.M).group(1)
    assert (desk.folder / "fresh.key_secret").stat().st_mode & 0o777 == 0o600
    assert run(STEUN, "keygen", desk.folder / "fresh").returncode == 2
    fresh = new_key()._replace(public=public.encode())
    world.add_submitter("fresh", key=fresh)
    world.daemon.reload()
    assert desk.steun("ping", "--key", desk.folder / "fresh.key_secret").returncode == 0
