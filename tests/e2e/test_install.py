# SPDX-License-Identifier: EUPL-1.2
"""`make install`, and what systemd makes of it as far as that can be seen without being process 1."""
import ctypes
import errno
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess

import reports
from client import Client, receipt_of
from harness import BUILD, PROGRAMS, ROOT, run, wait_until

# Folder in the tree, pattern, folder where the files go.
PLACES = [
    ("sql", "*.sql", "usr/share/steun/sql"),
    ("sql/views", "*.sql", "usr/share/steun/sql/views"),
    ("config", "*.schema.json", "usr/share/steun"),
    ("config/samples", "*", "usr/share/steun/samples"),
    ("client", "*.1", "usr/share/man/man1"),
    ("config", "*.5", "usr/share/man/man5"),
    ("daemon", "*.8", "usr/share/man/man8"),
    ("config", "steund.yaml", "etc/steund"),
    ("config", "*.csv", "etc/steund"),
    ("config/allocations", "*", "etc/steund/allocations"),
    ("config/programmes", "*", "etc/steund/programmes"),
    ("config/rules", "*", "etc/steund/rules"),
    ("config/submitters", "*", "etc/steund/submitters"),
    ("config", "steun.yaml", "etc/steun"),
    ("config/programmes", "*", "etc/steun/programmes"),
]
UNIT = "usr/lib/systemd/system/steund.service"
RENAMED = {
    UNIT: "systemd/steund.service",
    "usr/lib/sysusers.d/steund.conf": "systemd/steund.sysusers",
    "usr/lib/tmpfiles.d/steund.conf": "systemd/steund.tmpfiles",
}
PAGES = ["man1/steun.1", "man5/steund.yaml.5", "man5/steund-rules.5",
         "man8/steund.8"]
KEYS = ["server.key_secret", "receipt.key_secret"]
EXPOSURE_MOST = 12  # tenths; 100 is the worst


def make(world, target, *settings, folder="root"):
    """With the programs as they are: a test builds nothing."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = run("make", "-C", ROOT, "--no-print-directory", "-o", "all", target, f"BUILD={BUILD}",
               f"VARIANT={PROGRAMS.name}", f"DESTDIR={world.folder / folder}", *settings,
               env=environment)
    assert done.returncode == 0, done.stderr
    return world.folder / folder


def installed(world):
    root = world.folder / "installed"
    return root if root.exists() else make(world, "install", folder="installed")


def files_below(root):
    return {str(path.relative_to(root)) for path in root.rglob("*") if not path.is_dir()}


def expected_files():
    """Where each file of the tree goes; the programs aside."""
    found = dict(RENAMED)
    for folder, pattern, where in PLACES:
        for path in (ROOT / folder).glob(pattern):
            if path.is_file():
                found[f"{where}/{path.name}"] = str(path.relative_to(ROOT))
    return found


def settings_of(unit, key):
    """The values of a key of a unit, in their order."""
    return re.findall(rf"^{key}=(.*)$", unit.read_text(), re.M)


def unit_in(root, folder):
    """The installed unit with paths that are right outside a root of its own."""
    unit = folder / "steund.service"
    unit.write_text((root / UNIT).read_text().replace("/usr/sbin/", f"{root}/usr/sbin/")
                    .replace("/etc/steund", f"{root}/etc/steund"))
    return unit


def as_root(*command):
    """For tools that give files away; an ordinary user is root in a user namespace of its own."""
    return run(*([] if os.geteuid() == 0 else ["unshare", "--map-root-user"]), *command)


def test_install_puts_everything_in_its_place(world):
    root = make(world, "install")
    expected = expected_files()
    programs = {"usr/sbin/steund", "usr/bin/steun"}
    assert files_below(root) == set(expected) | programs
    for name, source in expected.items():
        assert (root / name).read_bytes() == (ROOT / source).read_bytes(), name
        assert (root / name).stat().st_mode & 0o7777 == 0o644, name
    for name in programs:
        assert (root / name).stat().st_mode & 0o7777 == 0o755, name
        assert (root / name).read_bytes() == (PROGRAMS / pathlib.Path(name).name).read_bytes()


def test_the_installed_configuration_is_good(world):
    root = installed(world)
    done = run(root / "usr/sbin/steund", "check", "--no-keys", "--config",
               root / "etc/steund/steund.yaml")
    assert done.returncode == 0 and done.stdout.startswith("ok: 1 programmes"), done.stderr


def test_a_submitter_may_look_at_a_report_without_a_connection(world):
    root = installed(world)
    settings = world.folder / "steun.yaml"
    settings.write_text((root / "etc/steun/steun.yaml").read_text()
                        .replace("/etc/steun", f"{root}/etc/steun"))
    done = run(root / "usr/bin/steun", "check", "--offline", "--config", settings,
               root / "usr/share/steun/samples/spending.json")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_second_install_keeps_what_was_changed(world):
    root = make(world, "install")
    changed = ["etc/steund/steund.yaml", "etc/steund/rules/steunpakket-2021.yaml",
               "etc/steun/steun.yaml"]
    for name in changed:
        (root / name).write_text("# ours\n")
    (root / "etc/steund/municipalities.csv").unlink()
    (root / "usr/share/steun/sql/roles.sql").write_text("-- old\n")
    make(world, "install")
    assert [(root / name).read_text() for name in changed] == ["# ours\n"] * 3
    assert (root / "etc/steund/municipalities.csv").exists()
    assert (root / "usr/share/steun/sql/roles.sql").read_bytes() == \
        (ROOT / "sql/roles.sql").read_bytes()


def test_uninstall_leaves_configuration_and_keys(world):
    root = make(world, "install", folder="gone")
    (root / "etc/steund/keys").mkdir()
    (root / "etc/steund/keys/server.key_secret").write_text("ours")
    before = {name for name in files_below(root) if name.startswith("etc/")}
    make(world, "uninstall", folder="gone")
    assert files_below(root) == before and "etc/steund/keys/server.key_secret" in before


def test_another_prefix_reaches_the_unit(world):
    root = make(world, "install", "PREFIX=/usr/local", folder="local")
    unit = root / "usr/local/lib/systemd/system/steund.service"
    assert settings_of(unit, "ExecStart")[0].startswith("/usr/local/sbin/steund serve")
    for command in settings_of(unit, "Exec(?:Start|Reload)"):
        program = shlex.split(command)[0]
        assert program == "/bin/kill" or (root / program.lstrip("/")).exists(), command


def test_the_pages_render_without_a_warning(world):
    for page in PAGES:
        path = installed(world) / "usr/share/man" / page
        done = run("mandoc", "-T", "utf8", "-W", "warning", path)
        assert done.returncode == 0 and done.stderr == "", (page, done.stderr)
        assert "SYNOPSIS\n" in re.sub(".\b", "", done.stdout) or "man5" in page, page


def test_the_unit_names_what_is_installed(world):
    root = installed(world)
    done = run("systemd-analyze", "verify", "--man=no", unit_in(root, world.folder))
    assert done.returncode == 0 and done.stderr == "", done.stderr
    for word in settings_of(root / UNIT, "Documentation")[0].split():
        name, section = re.fullmatch(r"man:(.*)\((\d)\)", word).groups()
        assert f"man{section}/{name}.{section}" in PAGES, word
    assert settings_of(root / UNIT, "LoadCredential") == \
        [f"{key}:/etc/steund/keys/{key}" for key in KEYS]


def test_the_unit_is_locked_up(world):
    done = run("systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE_MOST}",
               unit_in(installed(world), world.folder))
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_reload_first_looks_at_the_files(world):
    root = installed(world)
    check, tell = settings_of(unit_in(root, world.folder), "ExecReload")
    assert tell == "/bin/kill -HUP $MAINPID"
    done = run(*shlex.split(check))
    assert done.returncode == 0, done.stderr
    rules = root / "etc/steund/rules/zz.yaml"
    rules.write_text("rules: [\n")
    done = run(*shlex.split(check))
    assert done.returncode == 1 and "zz.yaml:" in done.stderr, done.stderr
    rules.unlink()


def test_a_stop_has_time_to_finish(world):
    """The daemon's own deadline, at its default, ends before systemd's."""
    root = installed(world)
    text = (root / "etc/steund/steund.yaml").read_text()
    own = int(re.search(r"stopping_seconds: (\d+)", text).group(1))
    assert own < int(settings_of(root / UNIT, "TimeoutStopSec")[0])


def test_the_user_is_made(world):
    root = installed(world)
    done = as_root("systemd-sysusers", f"--root={root}")
    assert done.returncode == 0, done.stderr
    users = dict(line.split(":", 1) for line in (root / "etc/passwd").read_text().splitlines())
    assert users["steund"].endswith(":/nonexistent:/usr/sbin/nologin"), users["steund"]
    assert settings_of(root / UNIT, "User") == ["steund"]


def test_the_folder_of_keys_is_for_root_alone(world):
    root = installed(world)
    done = as_root("systemd-tmpfiles", f"--root={root}", "--create")
    assert done.returncode == 0, done.stderr
    modes = {name: (root / "etc/steund" / name).stat().st_mode & 0o7777
             for name in ("", "submitters", "keys")}
    assert modes == {"": 0o755, "submitters": 0o755, "keys": 0o700}


# Serving as the unit has it: keys as credentials, and no system call but those that it allows. -----

ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM


def calls_of(name):
    """A group of system calls, opened up."""
    if not name.startswith("@"):
        return {name}
    lines = run("systemd-analyze", "syscall-filter", name).stdout.split("\n")[1:]
    words = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
    return set().union(*map(calls_of, words))


def allowed_calls(unit):
    """What SystemCallFilter= leaves, line after line, as systemd.exec(5) says."""
    allowed = calls_of("@default")
    for value in settings_of(unit, "SystemCallFilter"):
        calls = set().union(*map(calls_of, value.lstrip("~").split()))
        allowed = allowed - calls if value.startswith("~") else allowed | calls
    return allowed


def confinement(calls):
    """What a child does to itself before it becomes the daemon."""
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    context = ctypes.c_void_p(library.seccomp_init(REFUSE))
    for name in calls:
        number = library.seccomp_syscall_resolve_name(name.encode())
        if number >= 0:  # Others are of other architectures, or newer than the library.
            assert library.seccomp_rule_add(context, ALLOW, number, 0) == 0, name

    def confine():
        if library.seccomp_load(context) != 0:
            os._exit(99)
    return confine


def move_keys(world):
    """The keys where systemd puts them, with the mode that it gives them; the configured are gone."""
    folder = world.folder / "credentials"
    folder.mkdir(mode=0o700)
    for key in KEYS:
        shutil.move(world.folder / "keys" / key, folder / key)
        (folder / key).chmod(0o400)
    return folder


def test_it_serves_in_the_units_confinement_with_its_keys_handed_over(world):
    calls = allowed_calls(installed(world) / UNIT)
    assert "clone3" in calls and "ptrace" not in calls and "setpriority" not in calls
    # The leak check of ASan stops threads by ptrace.
    environment = dict(os.environ, CREDENTIALS_DIRECTORY=str(move_keys(world)),
                       ASAN_OPTIONS="detect_leaks=0")
    environment.pop("JOURNAL_STREAM", None)
    log_path = world.folder / "confined.log"
    with open(log_path, "ab") as log:
        process = subprocess.Popen(
            [PROGRAMS / "steund", "serve", "--config", world.daemon.config], stderr=log,
            stdin=subprocess.DEVNULL, env=environment, preexec_fn=confinement(calls))

    def has_said(pattern):
        assert process.poll() is None, log_path.read_text()
        return re.search(pattern, log_path.read_text())
    try:
        endpoint = wait_until(lambda: has_said(r"listening on (tcp://\S+)"), "it listens").group(1)
        wait_until(lambda: has_said("serving:"), "it serves")
        with Client(endpoint, world.server_key, world.all_key) as client:
            receipt_of(client.ask("SUBMIT", reports.spending(world.municipality())))
            assert [k["ed25519"] for k in client.ask("HELLO").body["receipt_keys"]] == \
                [world.receipt_key]
        process.send_signal(signal.SIGHUP)
        wait_until(lambda: has_said("reloaded:"), "it has reloaded")
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0, log_path.read_text()
    finally:
        process.kill()
        process.wait()
    assert "ermitted" not in log_path.read_text(), log_path.read_text()
