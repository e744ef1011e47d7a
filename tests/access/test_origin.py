"""Changes are asked for by our own pages: every unsafe route refuses everything else, and writes nothing."""

from flask import Flask

from tests.access.cells import PLAUSIBLE, cells
from tests.access.stage import SignIn
from tests.access.users import everybody
from tests.access.writes import row_counts, watched
from tests.databases import SOON_ON_SQLITE

pytestmark = SOON_ON_SQLITE

FOREIGN = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://localhost.elsewhere.example"},
    {"Origin": "http://localhost:8080"},
    {"Referer": "http://localhost/"},
    {},
)


def test_no_other_page_changes_anything(stage: Flask, sign_in: SignIn) -> None:
    found, users = cells(stage, reading=False), everybody()
    clients = {user: sign_in(user.user_name) for user in users}
    for client in clients.values():
        del client.environ_base["HTTP_SEC_FETCH_SITE"]
    before, asked, deviations = row_counts(), 0, []
    with watched() as writes:
        for number, cell in enumerate(found):
            user = max(users, key=lambda one, cell=cell: (cell.admits(one), cell.sees(one)))
            for headers in FOREIGN:
                clients[user].environ_base["REMOTE_ADDR"] = f"10.{len(headers)}.{number}.{asked % 250}"
                answer = clients[user].open(cell.path, method=cell.method, data=PLAUSIBLE, headers=headers)
                asked += 1
                if answer.status_code != 403 or (written := writes.take()):
                    deviations.append(f"{user}: {cell}: {headers}: {answer.status_code} {written}")
    print(f"{len(found)} addresses × {len(FOREIGN)} kinds of headers = {asked} requests")
    assert deviations == []
    assert row_counts() == before


def test_our_own_page_is_heard(stage: Flask, sign_in: SignIn) -> None:
    client = sign_in(None)
    del client.environ_base["HTTP_SEC_FETCH_SITE"]
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}):
        assert client.post("/preferences", data={"language": "en"}, headers=headers).status_code == 303
