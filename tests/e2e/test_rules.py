# SPDX-License-Identifier: EUPL-1.2
"""steund rules test, explain and catalogue, on the rules that are shipped and on bad ones."""
import re
import subprocess

from harness import ROOT, RULES, STEUND, run

CONFIG = ROOT / "config" / "steund.yaml"
SHIPPED = ROOT / "config" / "rules" / "steunpakket-2021.yaml"


def rules(verb, *words):
    return run(STEUND, "rules", verb, "--config", CONFIG, *words)


def draft(world, text, name="draft.yaml"):
    path = world.folder / name
    path.write_text(text)
    return path


def test_every_example_of_the_shipped_rules_is_told(world):
    done = rules("test")
    assert done.returncode == 0 and done.stderr == "", done.stderr
    counts = re.findall(r"^  B-\d{3}   (\d+) examples hold: \d+ pass, \d+ fail$", done.stdout, re.M)
    last = re.search(r"^ok: (\d+) rules, (\d+) examples, all as they say$", done.stdout, re.M)
    assert int(last[1]) == len(counts) >= 40
    assert int(last[2]) == sum(map(int, counts))
    assert rules("test", SHIPPED).stdout == done.stdout.replace(
        str(CONFIG.parent / "rules" / SHIPPED.name), str(SHIPPED))
    assert world is not None


def test_an_example_that_is_wrong_is_told_with_the_values(world):
    path = draft(world, RULES.replace('line: {spent: "10.01"}', 'line: {spent: "9.00"}'))
    done = rules("test", path)
    assert done.returncode == 1 and done.stderr == ""
    line = path.read_text().split("\n").index(
        '      fail: [{line: {spent: "9.00"}, previous_line: {spent: "1.00"}}]') + 1
    assert f"{path}:{line}:14: this example is to fail rule T-201, but it passes\n" in done.stdout
    assert ("      assert: line.spent <= previous_line.spent * 10\n"
            "      line.spent = 9.00\n"
            "      previous_line.spent = 1.00\n") in done.stdout
    assert done.stdout.endswith("\nnot in order: 1 of 6 examples, in 1 of 3 rules\n")


def test_mistakes_are_told_as_check_tells_them(world):
    path = draft(world, RULES.replace("line.spent <= params.most", "line.spent <= params.moost"))
    done = rules("test", path)
    assert done.returncode == 1
    assert "not in order: there are mistakes in the files" in done.stdout
    assert re.search(r"draft.yaml:\d+:\d+: .*moost.*did you mean 'most'\?", done.stderr), done.stderr
    assert re.search(r"^\t +\^", done.stderr, re.M)
    for verb, words in (("explain", ["T-101"]), ("catalogue", [])):
        done = rules(verb, "--rules", path, *words)
        assert done.returncode == 1 and done.stdout == "" and "moost" in done.stderr, verb


def test_what_is_no_rule_file_is_told(world):
    for path, part in (
            (draft(world, "- [", "none.yaml"), "none.yaml:2:1: is not YAML"),
            (draft(world, "", "empty.yaml"), "empty.yaml"),
            (draft(world, RULES.replace("steunpakket-2021", "pakket"), "other.yaml"),
             "its 'ruleset:' names no programme that is here"),
            (world.folder / "nowhere", "No such file or directory"),
            (world.folder / "steund.log", "steund.log")):
        for verb, words in (("test", [path]), ("explain", ["-r", path, "T-101"]),
                            ("catalogue", ["-r", path])):
            done = rules(verb, *words)
            assert done.returncode == 1 and part in done.stderr, f"{verb} {path}: {done.stderr}"
    done = run(STEUND, "rules", "test", "--config", world.folder / "nowhere.yaml")
    assert done.returncode == 1 and "nowhere.yaml" in done.stderr


def test_misuse_exits_with_2(world):
    for words in ([], ["dance"], ["explain"], ["explain", "a", "b"], ["test", "a", "b"],
                  ["catalogue", "--language", "fr"], ["explain", "--mutants", "B-101"]):
        done = run(STEUND, "rules", *words)
        assert done.returncode == 2 and done.stderr and not done.stdout, words
    assert run(STEUND, "rules", "--help").returncode == 0
    assert world is not None


def test_an_output_that_cannot_be_written_is_no_success(world):
    for words in (["test"], ["explain", "B-101"], ["catalogue"]):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([STEUND, "rules", *words, "--config", CONFIG], stdout=full,
                                  stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 1, words
        assert done.stderr.endswith("cannot write to standard output: No space left on device\n")
        done = subprocess.run(["sh", "-c", '"$@" >&-', "sh", STEUND, "rules", *words, "--config",
                               CONFIG], stderr=subprocess.PIPE, text=True, check=False)
        assert done.returncode == 1 and "cannot write" in done.stderr, words
    assert world is not None


def test_a_rule_is_explained_in_dutch_and_english(world):
    text = rules("explain", "B-210").stdout
    for part in (
            "B-210\n=====\n",
            "\n- Bekijkt: elke regel van het rapport\n",
            "\n- Wordt overgeslagen zonder: het vorige rapport; dezelfde regel in het vorige rapport\n",
            "\n- het bestede bedrag van dezelfde regel in het vorige rapport is groter dan "
            "small_amount (5000.00)\n",
            "het verschil tussen het bestede bedrag van deze regel en het bestede bedrag van "
            "dezelfde regel in het vorige rapport",
            "\n- Wat te doen: Controleer de boeking, of licht het verschil toe.\n"):
        assert part in text, f"{part} in\n{text}"
    text = rules("explain", "-l", "en", "B-210").stdout
    assert ("\n- the amount spent of the same line in the previous report is more than "
            "small_amount (5000.00)\n") in text, text
    assert "\n- What to do: " in text
    assert world is not None


def test_rules_of_for_each_are_explained_together_and_apart(world):
    text = rules("explain", "B-203").stdout
    assert "- Eén regel voor: elke actielijn: B-203.jeugd, B-203.kwetsbaar, B-203.leefstijl\n" in text
    assert "de code van de actielijn gevolgd door '.'" in text
    text = rules("explain", "B-203.jeugd").stdout
    assert text.startswith("B-203.jeugd\n") and "'jeugd' gevolgd door '.'" in text
    done = rules("explain", "B-203.jeugt")
    assert done.returncode == 1
    assert done.stderr == ("steund rules explain: there is no rule B-203.jeugt: "
                           "did you mean B-203.jeugd?\n")
    assert world is not None


def test_versions_of_a_rule_are_its_history(world):
    folder = world.folder / "drafts"
    folder.mkdir()
    (folder / "1.yaml").write_text(RULES)
    (folder / "2.yaml").write_text(
        RULES.replace("version: 1", 'version: 2\nfrom: "2021-07"').replace("1000000.0", "2000000.0"))
    text = rules("explain", "--rules", folder, "--language", "en", "T-101").stdout
    assert "is at most most (2000000.00)" in text
    assert ("- version 2 (from 2021-07): as told above\n"
            "- version 1 (up to 2021-06): what differs is the rule itself\n") in text, text
    assert text.index("is at most most (1000000.00)") > text.index("what differs")
    text = rules("explain", "--rules", folder, "--language", "en", "T-201").stdout
    assert "- version 1 (up to 2021-06): the same as version 2\n" in text, text


def slug(heading):
    """As GitHub makes anchors of headings."""
    return re.sub(r"[^\w\- ]", "", heading.replace("\\", "").strip().lower()).replace(" ", "-")


def test_the_catalogue_is_markdown_that_holds(world):
    for language in ("nl", "en"):
        text = rules("catalogue", "-l", language).stdout
        assert text == rules("catalogue", "-l", language).stdout
        fences = text.count("\n```\n")
        assert fences % 2 == 0 and fences > 80
        plain = re.sub(r"(?s)\n```\n.*?\n```\n", "\n", text)
        headings = re.findall(r"^#+ (.*)$", plain, re.M)
        assert len(headings) == len(set(map(slug, headings))) > 45
        links = re.findall(r"^ *- \[([^]]+)\]\(#([^)]+)\)", plain, re.M)
        assert len(links) > 40
        for name, anchor in links:
            assert name in headings and slug(name) == anchor, name
        for row in re.findall(r"^\|.*$", plain, re.M):
            assert len(re.findall(r"(?<!\\)\|", row)) == 3, row
        for level, above in re.findall(r"^(#+) .*\n\n(.)", plain, re.M):
            assert level and above != " "
        assert not re.search(r"^ *- .*\n\n *- ", plain, re.M), "one list would go on as another"
        ids = re.findall(r"^### (B-\d{3})$", plain, re.M)
        assert set(ids) == set(re.findall(r"- id: (B-\d{3})", SHIPPED.read_text()))
    assert world is not None


def test_the_catalogue_names_the_hash_that_receipts_carry(world):
    digest = re.search(r"SHA-256 .*: `([0-9a-f]{64})`", rules("catalogue").stdout)[1]
    sums = subprocess.run(["sha256sum", SHIPPED], stdout=subprocess.PIPE, text=True, check=True)
    assert sums.stdout.split()[0] == digest
    assert world is not None
