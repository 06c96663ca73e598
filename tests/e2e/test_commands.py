# SPDX-License-Identifier: EUPL-1.2
"""steund's other commands, by their output and exit status."""
import os
import re
import shutil
import stat

import reports
from client import receipt_of
from harness import RULES, ROOT, STEUND, run
from test_verbs import started


def test_help_and_version_are_good_news(world):
    assert run(STEUND, "--help").returncode == 0 and "serve" in run(STEUND, "--help").stdout
    assert re.fullmatch(r"steund \d+\.\d+\.\d+\n", run(STEUND, "--version").stdout)
    assert world is not None


def test_misuse_exits_with_2(world):
    for words in ([], ["dance"], ["serve", "--dance"], ["check", "extra"], ["keygen"],
                  ["serve", "--sql", "x"], ["keygen", "a", "b"]):
        done = run(STEUND, *words)
        assert done.returncode == 2 and done.stderr, words
    assert world is not None


def test_check_says_ok_with_counts(world):
    done = run(STEUND, "check", "--config", world.daemon.config)
    assert done.returncode == 0, done.stderr
    assert re.match(r"ok: 1 programmes, 3 rules whose examples hold, \d+ municipalities", done.stdout)


def test_the_shipped_configuration_is_good(world):
    done = run(STEUND, "check", "--no-keys", "--config", ROOT / "config" / "steund.yaml")
    assert done.returncode == 0, done.stderr
    assert world is not None


def test_check_lists_every_mistake_of_every_file(world):
    folder = world.folder / "broken"
    shutil.copytree(world.folder, folder, ignore=shutil.ignore_patterns("broken", "notify", "*.log"))
    (folder / "rules" / "test.yaml").write_text(
        RULES.replace("line.spent <= params.most", "line.spent <= params.least"))
    (folder / "submitters" / "bad.yaml").write_text(
        "# SPDX-License-Identifier: EUPL-1.2\nsubmitters:\n  - id: Bad Name\n    name: x\n"
        "    municipalities: [GM0000]\n    keys: []\n")
    with open(folder / "steund.yaml", "a", encoding="utf-8") as config:
        config.write("loging: true\n")
    (folder / "keys" / "receipt.key_secret").chmod(0o644)
    done = run(STEUND, "check", "--config", folder / "steund.yaml")
    assert done.returncode == 1 and done.stdout == ""
    for part in ("rules/test.yaml:", "submitters/bad.yaml:", "steund.yaml:",
                 "keys/receipt.key_secret"):
        assert part in done.stderr, f"{part} in\n{done.stderr}"


def test_a_rule_file_that_names_no_programme_is_a_mistake(world):
    folder = world.folder / "unused"
    shutil.copytree(world.folder, folder,
                    ignore=shutil.ignore_patterns("broken", "unused", "notify", "*.log"))
    (folder / "rules" / "other.yaml").write_text(RULES.replace("steunpakket-2021", "steunpakket"))
    done = run(STEUND, "check", "--config", folder / "steund.yaml")
    assert done.returncode == 1 and "other.yaml: its 'ruleset:' names no programme" in done.stderr, \
        done.stderr


def test_serve_does_not_start_on_a_mistake(world):
    path = world.folder / "bad.yaml"
    path.write_text("log_level: loud\n")
    done = run(STEUND, "serve", "--config", path)
    assert done.returncode == 1 and "bad.yaml:1:12:" in done.stderr, done.stderr


def test_serve_does_not_start_where_another_listens(world):
    started(world)
    done = run(STEUND, "serve", "--config", world.daemon.config)
    assert done.returncode == 1 and "cannot listen" in done.stderr, done.stderr


def test_keygen_writes_keys_and_never_overwrites(world):
    folder = world.folder / "new-keys"
    done = run(STEUND, "keygen", folder)
    assert done.returncode == 0, done.stderr
    names = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert names == {"server.key": 0o644, "server.key_secret": 0o600, "receipt.key": 0o644,
                     "receipt.key_secret": 0o600}
    assert (folder / "receipt.key").read_text().strip() in done.stdout
    for secret in ("server.key_secret", "receipt.key_secret"):
        for word in re.findall(r"[^\s\"]{40,}", (folder / secret).read_text()):
            assert word not in done.stdout or word in (folder / "server.key").read_text()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    again = run(STEUND, "keygen", folder)
    assert again.returncode == 1 and "never overwritten" in again.stderr
    (folder / "server.key").unlink()
    assert run(STEUND, "keygen", folder).returncode == 1
    del before["server.key"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_keys_that_others_can_read_are_refused(world):
    started(world).daemon.stop()
    secret = world.folder / "keys" / "server.key_secret"
    os.chmod(secret, 0o644)
    done = run(STEUND, "serve", "--config", world.daemon.config)
    os.chmod(secret, 0o600)
    assert done.returncode == 1 and "server.key_secret" in done.stderr, done.stderr


def test_migrate_again_changes_nothing(world):
    done = run(STEUND, "migrate", "--database", world.database.owner_conninfo, "--sql", ROOT / "sql")
    assert done.returncode == 0, done.stderr
    assert "applied" not in done.stdout.replace("already applied", ""), done.stdout


def test_migrate_tells_what_is_wrong(world):
    done = run(STEUND, "migrate", "--database", "host=/nonexistent dbname=x", "--sql", ROOT / "sql")
    assert done.returncode == 1 and "/nonexistent" in done.stderr
    done = run(STEUND, "migrate", "--database", world.database.owner_conninfo, "--sql", "/nonexistent")
    assert done.returncode == 1 and "/nonexistent" in done.stderr


def test_audit_finds_what_was_changed_behind_its_back(world):
    client, municipality = started(world).client(), world.municipality()
    receipt_of(client.ask("SUBMIT", reports.spending(municipality)))
    done = world.audit()
    assert done.returncode == 0 and done.stdout.startswith("ok: "), done.stdout + done.stderr
    tables = ", ".join(f"'{name}'" for name in ("submission",))
    assert world.database.value(
        f"SELECT count(*) FROM pg_tables WHERE schemaname = 'steun' AND tablename IN ({tables})") == "1"
    world.database.query(
        "SET session_replication_role = replica; UPDATE steun.submission "
        f"SET reply = replace(reply, 'accepted', 'rejected') WHERE municipality = '{municipality}'")
    done = world.audit()
    assert done.returncode == 1 and municipality in done.stdout, done.stdout + done.stderr
    world.database.query(
        "SET session_replication_role = replica; UPDATE steun.submission "
        f"SET reply = replace(reply, 'rejected', 'accepted') WHERE municipality = '{municipality}'")


def test_audit_believes_the_keys_it_is_given(world):
    conninfo = world.database.owner_conninfo
    good = run(STEUND, "audit", "--database", conninfo, "--key", world.receipt_key)
    assert good.returncode == 0, good.stdout + good.stderr
    other = re.search(r'receipt_keys: \["(.{44})"\]',
                      run(STEUND, "keygen", world.folder / "other-keys").stdout).group(1)
    assert run(STEUND, "audit", "--database", conninfo, "--key", other).returncode == 1
    both = run(STEUND, "audit", "-d", conninfo, "-k", other, "-k", world.receipt_key)
    assert both.returncode == 0, both.stdout + both.stderr
    bad = run(STEUND, "audit", "--database", conninfo, "--key", "short")
    assert bad.returncode == 1 and "no receipt key" in bad.stderr


def test_receipts_stay_good_after_the_key_was_changed(world):
    client = started(world).client()
    receipt_of(client.ask("SUBMIT", reports.spending(world.municipality())))
    world.daemon.stop()
    keys = world.folder / "keys"
    for name in ("receipt.key", "receipt.key_secret"):
        (keys / name).unlink()
        shutil.copy2(world.folder / "other-keys" / name, keys / name)
    world.configure(keys_earlier_receipts=f"['{world.receipt_key}']")
    client = started(world).client()
    receipt_of(client.ask("SUBMIT", reports.spending(world.municipality())))
    listed = [key["ed25519"] for key in client.ask("HELLO").body["receipt_keys"]]
    assert listed == [(keys / "receipt.key").read_text().strip(), world.receipt_key]
    world.assert_sound()
