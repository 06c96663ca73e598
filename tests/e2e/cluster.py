# SPDX-License-Identifier: EUPL-1.2
"""A private PostgreSQL (tests/support/cluster) and databases in it, for as long as tests run."""
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
SEPARATOR = "\x1f"


class Cluster:
    """The server ends, and its folder goes, when our end of its standard input closes."""

    def __init__(self, *options):
        self.process = subprocess.Popen([ROOT / "tests" / "support" / "cluster", *options],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        start_new_session=True)
        self.folder = pathlib.Path(self.expect("ready")[1])

    def expect(self, word):
        words = self.process.stdout.readline().split()
        if not words or words[0] != word:
            raise RuntimeError(f"the cluster says {words}, not {word}")
        return words

    def command(self, word):
        self.process.stdin.write(word + "\n")
        self.process.stdin.flush()
        self.expect("done")

    def start(self):
        self.command("start")

    def stop(self):
        """Sessions are ended, and what was committed is written."""
        self.command("stop")

    def crash(self):
        """As if the machine had lost power."""
        self.command("crash")

    def postmaster(self):
        return int((self.folder / "data" / "postmaster.pid").read_text().split("\n")[0])

    def is_running(self):
        try:
            os.kill(self.postmaster(), 0)
            return True
        except (FileNotFoundError, ProcessLookupError):
            return False

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()

    def new_database(self, name):
        return Database(self, name)


class Database:
    """One database with its logins: an owner's and a daemon's, as a DBA would make them."""

    def __init__(self, cluster, name):
        self.cluster, self.name = cluster, name
        self.owner, self.daemon = f"{name}_owner", f"{name}_daemon"
        self.maintain(f"CREATE DATABASE {name}")
        self.psql("-f", ROOT / "sql" / "roles.sql")
        self.query(f"CREATE ROLE {self.owner} LOGIN IN ROLE steun_owner, steun_auditor")
        self.query(f"CREATE ROLE {self.daemon} LOGIN IN ROLE steun_daemon")

    @property
    def daemon_conninfo(self):
        return f"host={self.cluster.folder} dbname={self.name} user={self.daemon}"

    @property
    def owner_conninfo(self):
        return f"host={self.cluster.folder} dbname={self.name} user={self.owner}"

    def command(self, *arguments, database=None):
        return ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(self.cluster.folder),
                "-U", "postgres", "-d", database or self.name, *map(str, arguments)]

    def psql(self, *arguments, database=None):
        done = subprocess.run(self.command(*arguments, database=database), capture_output=True,
                              text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout

    def maintain(self, sql):
        """For what cannot be done inside the database itself."""
        self.psql("-c", sql, database="postgres")

    def query(self, sql):
        """Rows as tuples of texts; NULL is the empty text."""
        out = self.psql("-A", "-t", "-F", SEPARATOR, "-c", sql)
        return [tuple(line.split(SEPARATOR)) for line in out.split("\n") if line]

    def value(self, sql):
        return self.query(sql)[0][0]

    def session(self):
        return Session(self)

    def drop(self):
        if self.cluster.is_running():
            self.maintain(f"DROP DATABASE {self.name} WITH (FORCE)")


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
