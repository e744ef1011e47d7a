"""How fast Today and the kit are served, at one client and at eight, and how much memory the server takes."""

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from threading import local

import psutil
from sqlalchemy import select

from fieldapp import clock, config, db, demo
from fieldapp.accounts import actions as accounts
from fieldapp.accounts.models import Person
from fieldapp.app import create_app
from fieldapp.cli.serving import upgrade_database
from fieldapp.demo.today import two_inspectors
from fieldapp.fieldwork import actions as fieldwork
from fieldapp.visits import queries as visits
from fieldapp.visits.rules import VisitState

PORT = 8765
REQUESTS = 200
_threads = local()


def prepare(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The demonstration in a folder: the environment to serve it, and the addresses to ask for with their cookie."""
    os.environ.update({"DATA_DIR": str(folder), "PORT": str(PORT)})
    settings = config.from_environment(demonstration=True)
    upgrade_database(settings.database_url)
    create_app(settings)
    demo.load()
    with db.transaction(write=True):
        user = two_inspectors()[0].staff_number.lower()
        person = db.session.scalars(select(Person).where(Person.user_name == user)).one()
        due = [visit for visit in visits.visits_of_person(person.id, clock.today()) if visit.state == VisitState.APPROVED]
        (kit, *_) = fieldwork.prepare_kits([due[0].id], by=person.officer)
        secret = accounts.open_session(person.id, address="127.0.0.1", device="bench")
        addresses = {"today": "/field/", "kit": f"/field/k/{kit.id}", "public results": "/public/results"}
    return {"Cookie": f"fieldapp_session={secret}"}, addresses


def ask(path: str, headers: dict[str, str]) -> float:
    """Fetch a page on the thread's own connection; the milliseconds it took."""
    connection = getattr(_threads, "connection", None)
    if connection is None:
        connection = _threads.connection = HTTPConnection("127.0.0.1", PORT, timeout=30)
    began = time.perf_counter()
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200 or not content:
        raise RuntimeError(f"{path}: {answer.status}")
    return (time.perf_counter() - began) * 1000


def measure(name: str, path: str, headers: dict[str, str], clients: int) -> None:
    """Print p50, p99 and pages a second."""
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(lambda _: ask(path, headers), range(clients * 4)))
        began = time.perf_counter()
        times = sorted(pool.map(lambda _: ask(path, headers), range(REQUESTS)))
        seconds = time.perf_counter() - began
    p99 = times[int(len(times) * 0.99) - 1]
    print(f"{name:<16} {clients} clients  p50 {statistics.median(times):6.1f} ms  p99 {p99:6.1f} ms  "
          f"{REQUESTS / seconds:6.1f}/s")


def main() -> None:
    """Load, serve, ask, print."""
    with tempfile.TemporaryDirectory() as folder:
        headers, addresses = prepare(Path(folder))
        print(f"{platform.node()}  Python {platform.python_version()}  {os.cpu_count()} cores  demonstration on SQLite")
        server = subprocess.Popen([sys.executable, "-m", "fieldapp.cli", "demo"], stdout=subprocess.DEVNULL)
        try:
            wait_until_it_answers()
            for name, path in addresses.items():
                for clients in (1, 8):
                    measure(name, path, headers, clients)
            print(f"memory of the server {psutil.Process(server.pid).memory_info().rss / 2**20:.0f} MiB")
        finally:
            server.terminate()
            server.wait()


def wait_until_it_answers() -> None:
    """Wait up to a minute for the server."""
    for _ in range(300):
        try:
            ask("/sign-in", {})
        except OSError:
            _threads.connection = None
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server does not answer")


if __name__ == "__main__":
    main()
