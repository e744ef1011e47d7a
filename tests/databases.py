"""The two databases under test: SQLite files, and a PostgreSQL server of our own for the test session."""

import os
import shutil
import socket
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

import psycopg
import pytest
from pysqlite3 import dbapi2

# For what does not hang on the kind of database.
ON_SQLITE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
# For what takes long, and would show little more on the second kind.
SOON_ON_SQLITE = pytest.mark.parametrize(
    "databases", ["sqlite", pytest.param("postgresql", marks=pytest.mark.full)], indirect=True)
BINARIES = Path("/usr/lib/postgresql")
MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3
SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}


Made = TypeVar("Made")


class Databases(ABC):
    """A place that makes databases and takes them away again."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self._made: dict[Callable[..., Any], Any] = {}

    def once(self, make: Callable[..., Made], *arguments: Any) -> Made:
        """What is costly is made once for a session: its fixture is asked again whenever the tests change kinds."""
        if make not in self._made:
            self._made[make] = make(self, *arguments)
        return self._made[make]

    @abstractmethod
    def empty(self) -> str:
        """The URL of a new database without tables."""

    @abstractmethod
    def copy_of(self, url: str) -> str:
        """The URL of a new database with all that the other holds; nobody may be using the other."""

    @abstractmethod
    def drop(self, url: str) -> None:
        """Take the database away, whoever is connected."""


class SqliteDatabases(Databases):
    """Files in one folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def empty(self) -> str:
        return f"sqlite:///{self.folder / f'{next(self.numbers)}.db'}"

    def copy_of(self, url: str) -> str:
        copy = self.empty()
        if Path(f"{_file(url)}-wal").exists():  # somebody is still connected: the last pages stand beside the file
            with closing(dbapi2.connect(_file(url))) as connection:
                assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0, "somebody writes to it"
        shutil.copyfile(_file(url), _file(copy))
        return copy

    def drop(self, url: str) -> None:
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{_file(url)}{suffix}").unlink(missing_ok=True)


class PostgresqlDatabases(Databases):
    """A server in a temporary folder, on a free port of the loopback; `fieldapp` owns its databases."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = _folder()
        self.binaries = max(BINARIES.glob("*/bin"), key=lambda path: int(path.parent.name))
        self.port = free_port()

    def start(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
                  "--pgdata=data")
        options = [f"-c {name}={value}" for name, value in SETTINGS.items()]
        options += [f"-c port={self.port}", f"-c unix_socket_directories={self.folder}"]
        self._run("pg_ctl", "--pgdata=data", "--log=log", "--wait", f"--options={' '.join(options)}", "start")
        self.execute("CREATE ROLE fieldapp LOGIN")

    def stop(self) -> None:
        """End the server whose process id stands in its own folder, then take the folder away."""
        if (self.folder / "data/postmaster.pid").exists():
            self._run("pg_ctl", "--pgdata=data", "--mode=immediate", "--wait", "stop")
        shutil.rmtree(self.folder)

    def empty(self) -> str:
        return self._create("template1")

    def copy_of(self, url: str) -> str:
        name = url.rpartition("/")[2]
        self.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        return self._create(name)

    def drop(self, url: str) -> None:
        self.execute(f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        """Run one statement as the server's superuser."""
        with psycopg.connect(host="127.0.0.1", port=self.port, user="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())

    def _create(self, template: str) -> str:
        name = f"test_{next(self.numbers)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" OWNER fieldapp STRATEGY file_copy')
        return f"postgresql+psycopg://fieldapp@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *arguments: str) -> None:
        become = [_runuser(), "-u", "postgres", "--"] if os.geteuid() == 0 else []
        done = subprocess.run([*become, self.binaries / program, *arguments], cwd=self.folder, check=False, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        assert done.returncode == 0, f"{program}: {done.stderr}"


@pytest.fixture(scope="session")
def sqlite_databases() -> Iterator[SqliteDatabases]:
    """Where the session's SQLite files lie."""
    folder = _folder()
    yield SqliteDatabases(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[PostgresqlDatabases]:
    """The session's own PostgreSQL server, started when the first test asks for it."""
    server = PostgresqlDatabases()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"], scope="session")
def databases(request: pytest.FixtureRequest) -> Databases:
    """Each of the two kinds in turn."""
    return request.getfixturevalue(f"{request.param}_databases")


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A new database without tables, on each of the two kinds in turn; it is gone after the test."""
    url = databases.empty()
    yield url
    databases.drop(url)


def _folder() -> Path:
    """A folder for databases that live as long as the session: in memory where there is room, it is faster."""
    has_room = os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return Path(mkdtemp(prefix="fieldapp-", dir=MEMORY if has_room else None))


def _file(url: str) -> str:
    return url.removeprefix("sqlite:///")


def _runuser() -> str:
    """The program by which root becomes another; a short PATH may leave the system's folders out."""
    return shutil.which("runuser") or "/usr/sbin/runuser"


def free_port() -> int:
    """A port of the loopback on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
