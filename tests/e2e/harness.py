# SPDX-License-Identifier: EUPL-1.2
"""What end-to-end tests stand on: a private PostgreSQL, a daemon of their own, clients.

A World is a database, a folder of configuration and a daemon. Everything that is started is
remembered by its process id and ended by it, whatever happens to the test.
"""
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

from client import Client, new_key

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / ".build"))
PROGRAMS = BUILD / os.environ.get("VARIANT", "release")
STEUND = PROGRAMS / "steund"
STEUN = PROGRAMS / "steun"
PATIENCE = 60.0  # Seconds for what takes milliseconds on a machine that is not busy.

RULES = """\
# SPDX-License-Identifier: EUPL-1.2
ruleset: steunpakket-2021
version: 1
params:
  most: 1000000.00
rules:
  - id: T-101
    kind: spending
    scope: line
    severity: error
    assert: 'line.spent <= params.most'
    at: line.spent
    expected: 'params.most'
    message:
      nl: 'Meer dan {{params.most}} euro.'
      en: 'More than {{params.most}} euros.'
    examples:
      pass: [{line: {spent: "1.00"}}]
      fail: [{line: {spent: "1000000.01"}}]
  - id: T-102
    kind: outreach
    scope: line
    severity: warning
    assert: 'line.contact_moments >= line.people_reached'
    at: line.contact_moments
    explanation: allowed
    message:
      nl: 'Minder contacten dan mensen.'
      en: 'Fewer contacts than people.'
    examples:
      pass: [{line: {contact_moments: 2, people_reached: 1}}]
      fail: [{line: {contact_moments: 1, people_reached: 2}}]
  - id: T-201
    kind: spending
    scope: line
    severity: warning
    assert: 'line.spent <= previous_line.spent * 10'
    at: line.spent
    explanation: allowed
    message:
      nl: 'Meer dan tien keer de vorige maand ({{previous_line.spent}}).'
      en: 'More than ten times the month before ({{previous_line.spent}}).'
    examples:
      pass: [{line: {spent: "10.00"}, previous_line: {spent: "1.00"}}]
      fail: [{line: {spent: "10.01"}, previous_line: {spent: "1.00"}}]
"""


def wait_until(claim, what, timeout=PATIENCE):
    """Polls; for what has no event to wait on. Returns the claim's value."""
    ends = time.monotonic() + timeout
    while True:
        value = claim()
        if value:
            return value
        if time.monotonic() > ends:
            raise AssertionError(f"not within {timeout:.0f} s: {what}")
        threading.Event().wait(0.01)


def free_port():
    """One that stays the daemon's: clients find the next process where the last one was."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Notifications:
    """A socket like systemd's: keeps every assignment that the daemon sends, in a thread that
    always reads."""

    def __init__(self, path):
        self.path = str(path)
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.seen = []
        self.thread = threading.Thread(target=self.read, daemon=True)
        self.thread.start()

    def read(self):
        while True:
            message = self.socket.recv(65536)
            if message == b"close":
                return
            self.seen += message.decode().split("\n")

    def has(self, prefix):
        return any(line.startswith(prefix) for line in self.seen)

    def count(self, prefix):
        return sum(line.startswith(prefix) for line in self.seen)

    def last(self, name):
        found = [line[len(name) + 1:] for line in self.seen if line.startswith(name + "=")]
        return found[-1] if found else None

    def forget(self):
        self.seen = []

    def close(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as farewell:
            farewell.sendto(b"close", self.path)
        self.thread.join()
        self.socket.close()
        os.unlink(self.path)


class Daemon:
    """One steund process after another on one configuration."""

    def __init__(self, folder, config):
        self.folder, self.config = folder, config
        self.log_path = folder / "steund.log"
        self.process, self.notifications, self.endpoint = None, None, None
        self.environment = {}

    def start(self, until_ready=True):
        assert self.process is None
        notify = self.folder / "notify"
        self.notifications = Notifications(notify)
        environment = dict(os.environ, NOTIFY_SOCKET=str(notify), **self.environment)
        environment.pop("JOURNAL_STREAM", None)
        self.log_from = self.log_path.stat().st_size if self.log_path.exists() else 0
        with open(self.log_path, "ab") as log:
            # Also when this very process is killed, the daemon is not to stay behind.
            command = ["setpriv", "--pdeathsig", "KILL", STEUND, "serve", "--config", self.config]
            self.process = subprocess.Popen(command, stderr=log, stdin=subprocess.DEVNULL,
                                            env=environment)
        if until_ready:
            self.wait_ready()
        else:
            self.wait_listening()
        return self

    def log(self):
        """What this process has logged."""
        if not self.log_path.exists():
            return ""
        return self.log_path.read_bytes()[self.log_from:].decode(errors="replace")

    def is_gone(self):
        return self.process.poll() is not None

    def has_failed(self):
        """True when it ended, and not as one that was told to."""
        return self.process is not None and self.process.poll() not in (None, 0)

    def wait_listening(self):
        def listening():
            assert not self.is_gone(), "steund ended:\n" + self.log()
            return re.search(r"listening on (tcp://\S+)", self.log())
        self.endpoint = wait_until(listening, "steund listens").group(1)

    def wait_ready(self):
        self.wait_listening()

        def ready():
            assert not self.is_gone(), "steund ended:\n" + self.log()
            return self.notifications.has("READY=1")
        wait_until(ready, "steund is ready:\n" + self.log())

    def signal(self, number):
        self.process.send_signal(number)

    def reload(self):
        """SIGHUP, and until it is done; returns what was logged meanwhile."""
        before = len(self.log())
        self.notifications.forget()
        self.signal(signal.SIGHUP)
        wait_until(lambda: self.notifications.has("READY=1"), "steund has reloaded")
        return self.log()[before:]

    def wait(self, timeout=PATIENCE):
        status = self.process.wait(timeout)
        self.process = None
        self.notifications.close()
        return status

    def stop(self):
        """SIGTERM, and its exit status."""
        if self.process is None:
            return 0
        self.signal(signal.SIGTERM)
        return self.wait()

    def kill(self):
        if self.process is not None:
            self.signal(signal.SIGKILL)
            self.wait()


class World:
    """A database, a configuration and a daemon; not started until asked for."""

    def __init__(self, cluster, name):
        self.cluster, self.name = cluster, name
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="steun-e2e-"))
        self.database = cluster.new_database(name)
        self.clients = []
        self.submitters = []
        self.municipalities = None
        self.port = free_port()
        self.write_configuration()
        self.daemon = Daemon(self.folder, self.folder / "steund.yaml")
        self.all_key = self.add_submitter("all", municipalities='"*"')
        self.migrate()

    def write_configuration(self):
        for name in ("programmes", "allocations"):
            shutil.copytree(ROOT / "config" / name, self.folder / name)
        for name in ("municipalities.csv", "municipality-mergers.csv"):
            shutil.copy(ROOT / "config" / name, self.folder / name)
        (self.folder / "rules").mkdir()
        (self.folder / "submitters").mkdir()
        (self.folder / "rules" / "test.yaml").write_text(RULES)
        keygen = run(STEUND, "keygen", self.folder / "keys")
        assert keygen.returncode == 0, keygen.stderr
        self.server_key = re.search(r'server_key: "(.{40})"', keygen.stdout).group(1).encode()
        self.receipt_key = re.search(r'receipt_keys: \["(.{44})"\]', keygen.stdout).group(1)
        self.configure()

    def configure(self, **changes):
        """Writes steund.yaml anew; `changes` are keys of its sections, as section_key."""
        sections = {"database": {"conninfo": f"'{self.database.daemon_conninfo}'",
                                 "deadline_seconds": 5},
                    "limits": {"requests_per_minute": 1000000, "handshakes_per_minute": 10000}}
        for name, value in changes.items():
            section, key = name.split("_", 1)
            sections.setdefault(section, {})[key] = value
        text = f"listen: ['tcp://127.0.0.1:{self.port}']\n"
        for section, keys in sections.items():
            text += f"{section}:\n" + "".join(f"  {k}: {v}\n" for k, v in keys.items())
        (self.folder / "steund.yaml").write_text(text)

    def add_submitter(self, name, municipalities='"*"', kinds="[spending, outreach]", key=None,
                      validity=""):
        key = key or new_key()
        (self.folder / "submitters" / f"{name}.yaml").write_text(f"""\
submitters:
  - id: {name}
    name: Submitter {name}
    municipalities: {municipalities}
    kinds: {kinds}
    programmes: [steunpakket-2021]
    keys:
      - public: '{key.public.decode()}'
{validity}""")
        return key

    def remove_submitter(self, name):
        (self.folder / "submitters" / f"{name}.yaml").unlink()

    def migrate(self):
        done = run(STEUND, "migrate", "--database", self.database.owner_conninfo,
                   "--sql", ROOT / "sql")
        assert done.returncode == 0, done.stderr

    def client(self, key=None):
        client = Client(self.daemon.endpoint, self.server_key, key or self.all_key)
        self.clients.append(client)
        return client

    def municipality(self):
        """The code of a municipality that no test of this world has used yet."""
        if self.municipalities is None:
            lines = (ROOT / "config" / "municipalities.csv").read_text().split("\n")[1:]
            gone = (ROOT / "config" / "municipality-mergers.csv").read_text()
            codes = [line[:6] for line in lines if line]
            self.municipalities = iter([code for code in codes if code not in gone])
        return next(self.municipalities)

    def audit(self):
        return run(STEUND, "audit", "--config", self.daemon.config,
                   "--database", self.database.owner_conninfo)

    def assert_sound(self):
        """Nothing in the record contradicts anything else in it."""
        assert self.database.query("SELECT * FROM admin.check_totals()") == []
        audit = self.audit()
        assert audit.returncode == 0, audit.stdout + audit.stderr

    def close(self):
        for client in self.clients:
            client.close()
        self.daemon.kill()
        self.database.drop()
        shutil.rmtree(self.folder)


def run(*command, **other):
    """A program to its end, with its output as text."""
    return subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          timeout=PATIENCE * 2, check=False, **other)
