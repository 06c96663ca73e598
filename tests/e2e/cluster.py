# SPDX-License-Identifier: EUPL-1.2
"""A private PostgreSQL under a temporary folder, on a Unix socket, for as long as tests run."""
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEPARATOR = "\x1f"

# The operating system does not crash in these tests, so that nothing needs to reach the disk;
# synchronous_commit stays on, because what the daemon is told must be true.
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "log_min_messages": "warning",
    "timezone": "'UTC'",
}


def find_programs():
    for folder in sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    raise FileNotFoundError("PostgreSQL's initdb: run make deps")


class Cluster:
    """PostgreSQL refuses to run as root: then everything of its own is run as postgres."""

    def __init__(self):
        self.programs = find_programs()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="steun-pg-"))
        self.data, self.log = self.folder / "data", self.folder / "log"
        self.prefix = []
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
            self.prefix = ["runuser", "-u", "postgres", "--"]
        self.initialize()
        self.start()

    def run(self, program, *arguments):
        done = subprocess.run([*self.prefix, str(self.programs / program), *map(str, arguments)],
                              capture_output=True, text=True, cwd="/", check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stderr}{done.stdout}")
        return done.stdout

    def initialize(self):
        self.run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                 "--no-locale", "--no-sync")
        settings = dict(SETTINGS, unix_socket_directories=f"'{self.folder}'")
        lines = "".join(f"{name} = {value}\n" for name, value in settings.items())
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as conf:
            conf.write(lines)

    def start(self):
        # Its output goes to a file: a pipe would stay open as long as the server runs.
        command = [*self.prefix, str(self.programs / "pg_ctl"), "start", "-w", "-s",
                   "-D", str(self.data), "-l", str(self.log)]
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, cwd="/", check=True)

    def stop(self, mode="fast"):
        self.run("pg_ctl", "stop", "-s", "-w", "-D", self.data, "-m", mode)

    def postmaster(self):
        return int((self.data / "postmaster.pid").read_text().split("\n")[0])

    def is_running(self):
        try:
            os.kill(self.postmaster(), 0)
            return True
        except (FileNotFoundError, ProcessLookupError):
            return False

    def close(self):
        if self.is_running():
            os.kill(self.postmaster(), signal.SIGCONT)
            self.stop("immediate")
        shutil.rmtree(self.folder)

    def new_database(self, name):
        return Database(self, name)


class Database:
    """One database with its logins: an owner's and a daemon's, as a DBA would make them."""

    def __init__(self, cluster, name):
        self.cluster, self.name = cluster, name
        self.owner, self.daemon = f"{name}_owner", f"{name}_daemon"
        self.cluster.run("createdb", "-h", cluster.folder, "-U", "postgres", name)
        self.psql("-f", ROOT / "sql" / "roles.sql")
        self.query(f"CREATE ROLE {self.owner} LOGIN IN ROLE steun_owner, steun_auditor")
        self.query(f"CREATE ROLE {self.daemon} LOGIN IN ROLE steun_daemon")

    @property
    def daemon_conninfo(self):
        return f"host={self.cluster.folder} dbname={self.name} user={self.daemon}"

    @property
    def owner_conninfo(self):
        return f"host={self.cluster.folder} dbname={self.name} user={self.owner}"

    def command(self, *arguments):
        return [str(self.cluster.programs / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1",
                "-h", str(self.cluster.folder), "-U", "postgres", "-d", self.name,
                *map(str, arguments)]

    def psql(self, *arguments):
        done = subprocess.run(self.command(*arguments), capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout

    def query(self, sql):
        """Rows as tuples of texts; NULL is the empty text."""
        out = self.psql("-A", "-t", "-F", SEPARATOR, "-c", sql)
        return [tuple(line.split(SEPARATOR)) for line in out.split("\n") if line]

    def value(self, sql):
        return self.query(sql)[0][0]

    def session(self):
        return Session(self)

    def drop(self):
        if not self.cluster.is_running():
            return
        self.cluster.run("dropdb", "-f", "-h", self.cluster.folder, "-U", "postgres", self.name)


class Session:
    """A psql that stays open, to hold a lock while a test looks on."""

    def __init__(self, database):
        self.process = subprocess.Popen(database.command("-A", "-t"), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def run(self, sql):
        """Runs a statement and waits until it is done."""
        self.process.stdin.write(sql + ";\n\\echo done\n")
        self.process.stdin.flush()
        lines = []
        for line in self.process.stdout:
            if line == "done\n":
                return lines
            lines.append(line.rstrip("\n"))
        raise RuntimeError("\n".join(lines))

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
