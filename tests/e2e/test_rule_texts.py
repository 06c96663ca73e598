# SPDX-License-Identifier: EUPL-1.2
"""A receipt's hash of rules finds the exact texts that judged, whatever was loaded since."""
import hashlib
import json

import reports
from client import receipt_of, rules_of
from harness import RULES, STEUND, run
from test_verbs import started

# A second file of the same version; beside it a name that sorts between, and characters of all sizes.
MORE = """\
# SPDX-License-Identifier: EUPL-1.2 — “regels”, 😀\r
ruleset: steunpakket-2021
version: 1
rules:
  - id: U-101
    kind: spending
    scope: line
    severity: warning
    assert: 'line.committed <= 3000.00'
    at: line.committed
    message:
      nl: 'Meer dan drieduizend euro verplicht: dat is véél.'
      en: 'More than three thousand euros committed.'
    examples:
      pass: [{line: {committed: "1.00"}}]
      fail: [{line: {committed: "3000.01"}}]
"""

# As README has it.
QUERY = "SELECT file, source FROM admin.rule_texts WHERE ruleset_sha256 = '{}' ORDER BY position"


def put(world, **files):
    """The folder of rules as it is to be; by names without their ending."""
    for path in (world.folder / "rules").iterdir():
        path.unlink()
    for name, text in files.items():
        (world.folder / "rules" / f"{name.replace('_', '-')}.yaml").write_bytes(text.encode())
    if world.daemon.process is not None:
        assert "reloaded" in world.daemon.reload()


def auditor(world):
    name = f"{world.database.name}_looker"
    if not world.database.query(f"SELECT rolname FROM pg_roles WHERE rolname = '{name}'"):
        world.database.query(f"CREATE ROLE {name} LOGIN IN ROLE steun_auditor")
    return name


def texts_of(world, digest):
    """What an auditor finds by the hash of a receipt: (file, text), in order."""
    sql = f"SELECT json_agg(json_build_array(file, source)) FROM ({QUERY.format(digest)}) t"
    found = world.database.psql("-U", auditor(world), "-A", "-t", "-c", sql)
    return json.loads(found) if found.strip() else []


def submit(world, period, **other):
    client = started(world).client()
    answer = client.ask("SUBMIT", reports.spending(world.municipality(), period, **other))
    return receipt_of(answer)["ruleset_sha256"], rules_of(answer)


def replay(world, folder, *options):
    done = run(STEUND, "rules", "replay", "--config", world.daemon.config, "--database",
               world.database.owner_conninfo, "--rules", folder, *options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def write_found(world, digest):
    """The texts as found, in a folder of their own."""
    folder = world.folder / f"found-{digest[:8]}"
    folder.mkdir(exist_ok=True)
    for name, text in texts_of(world, digest):
        (folder / name).write_bytes(text.encode())
    return folder


def test_a_receipt_finds_the_texts_that_judged(world):
    put(world, b=RULES, a_b=MORE)
    digest, rules = submit(world, "2021-01")
    assert rules == ["U-101"]
    found = texts_of(world, digest)
    assert found == [["a-b.yaml", MORE], ["b.yaml", RULES]]
    whole = "".join(text for _, text in found)
    assert hashlib.sha256(whole.encode()).hexdigest() == digest


def test_after_a_reload_old_receipts_find_the_old_texts(world):
    old, _ = submit(world, "2021-02")
    put(world, b=RULES, a_b=MORE.replace("3000.00'", "9000.00'").replace('"3000.01"', '"9000.01"'))
    new, rules = submit(world, "2021-03")
    assert new != old and rules == []
    assert texts_of(world, old) == [["a-b.yaml", MORE], ["b.yaml", RULES]]
    assert "9000.00" in texts_of(world, new)[0][1] and texts_of(world, new)[1] == ["b.yaml", RULES]
    put(world, b=RULES, a_b=MORE)
    again, rules = submit(world, "2021-04")
    assert again == old and rules == ["U-101"]
    assert len(texts_of(world, old)) == 2, "what was there already is not stored twice"
    assert texts_of(world, "00" * 32) == []


def test_the_texts_found_come_to_the_verdicts_that_were_given(world):
    """By replay: what they find in what they judged is what was told, and only there."""
    digests = [row[0] for row in world.database.query(
        "SELECT encode(ruleset_sha256, 'hex') FROM steun.submission GROUP BY 1 ORDER BY min(period)")]
    old, new = digests
    text = replay(world, write_found(world, old), "--until", "2021-02")
    assert f"steunpakket-2021: 4 rules, sha256 {old}" in text
    assert "No finding would change." in text and ", the same as the draft" in text
    text = replay(world, write_found(world, new), "--from", "2021-03", "--until", "2021-03")
    assert f"sha256 {new}, the same as the draft" in text and "No finding would change." in text
    assert "1  steunpakket-2021: sha256" in text
    assert "Verdicts that would change: 3 of 4" in replay(world, write_found(world, new))


def test_auditors_find_them_and_nobody_changes_them(world):
    world.assert_sound()
    for role in ("analyst", "public", "daemon"):
        assert world.database.value(
            f"SELECT has_table_privilege('steun_{role}', 'admin.rule_texts', 'SELECT')") == "f"
    for change in ("UPDATE steun.rule_source SET source = ''", "DELETE FROM steun.rule_source"):
        try:
            world.database.query(change)
            raise AssertionError(change)
        except RuntimeError as refusal:
            assert "is refused" in str(refusal)
    with world.database.session() as session:
        session.run("SET session_replication_role = replica")
        session.run("UPDATE steun.rule_source SET source = replace(source, '3000.00', '4000.00')")
    audit = world.audit()
    assert audit.returncode == 1 and "its texts are not those that its hash is of" in audit.stdout
    with world.database.session() as session:
        session.run("SET session_replication_role = replica")
        session.run("UPDATE steun.rule_source SET source = replace(source, '4000.00', '3000.00')")
    world.assert_sound()
