"""How a visit begins on a phone, and what must hold in the end of everything that the phone ever wrote down."""

from pathlib import Path

from playwright.sync_api import expect

from fieldapp import db
from fieldapp.evidence.models import Original
from fieldapp.fieldwork.models import RecordEvent, RecordItem
from fieldapp.sync.models import Op, OpOutcome
from tests.engines import hand
from tests.engines.chromium import Killable, kept
from tests.engines.conftest import Day
from tests.engines.kills import Visit
from tests.live import PathToServer
from tests.walk.phone import small_photo

HOUR = "14:00"


def begin(day: Day, phone: Killable, path: PathToServer) -> Visit:
    """The day is prepared and the kit open."""
    screen = phone.start()
    phone.context.add_cookies([day.cookie(day.users[0])])  # type: ignore[list-item]
    hand.prepare(screen)
    screen.see("#kept[data-kept]:not([data-kept='0'])")
    visit = Visit(phone, path, screen, hand.kit_at(screen, HOUR), small_photo())
    screen.go(visit.kit)
    screen.see(hand.KEPT)
    return visit


def received_once(visit: Visit) -> list[tuple[str, str]]:
    """Each operation that the phone ever held has one row at the server, one receipt, which the phone has too, and entered
    the record; kind and path of each, in the order of the receipts."""
    expect(visit.page.locator("#state[data-unsent='0']")).to_be_visible()
    devices = {op["d"] for op in visit.made.values()}
    with db.transaction(write=False):
        rows = db.session.query(Op).filter(Op.device.in_(devices)).order_by(Op.receipt).all()
        assert sorted(str(row.id) for row in rows) == sorted(visit.made)
        assert [row.n for row in rows] == list(range(1, len(rows) + 1))
        held = {row["id"]: row["r"] for row in kept(visit.page, "ops")}
        assert held == {str(row.id): row.receipt for row in rows}
        outcomes = db.session.query(OpOutcome.op_id, OpOutcome.outcome).all()
        assert sorted(str(one.op_id) for one in outcomes if str(one.op_id) in visit.made) == sorted(visit.made)
        assert {one.outcome for one in outcomes if str(one.op_id) in visit.made} == {"applied"}
        visit_id = rows[0].visit_id
        items = db.session.query(RecordItem.path).filter(RecordItem.visit_id == visit_id).all()
        photos = [row.path for row in rows if row.kind == "add" and "/photo/" in row.path]
        assert len([one for one in items if "/photo/" in one.path]) == len(photos)
        print(f"{len(rows)} operations, {len(photos)} photos, each received once")
        return [(row.kind, row.path) for row in rows]


def arrived_once(day: Day, visit: Visit) -> None:
    """The same of a visit that is signed and closed; a browser that was killed may have lost its cookie."""
    if not visit.phone.context.cookies():
        visit.phone.context.add_cookies([day.cookie(day.users[0])])  # type: ignore[list-item]
        visit.page.locator("#state").click()
    said = [(kind, path) for kind, path in received_once(visit) if kind in {"sign", "close"}]
    assert len(set(said)) == len(said) == 5
    with db.transaction(write=False):
        assert db.session.query(RecordEvent).join(Op, Op.id == RecordEvent.op_id).filter(
            Op.device.in_({op["d"] for op in visit.made.values()})).count() >= 5


def has_originals(contents: list[bytes], media: Path) -> None:
    """The server holds these files, whole, once each, and no other of their sizes."""
    with db.transaction(write=False):
        rows = db.session.query(Original).filter(Original.size.in_([len(one) for one in contents])).all()
        stored = [(media / "originals" / row.sha256[:2] / row.sha256).read_bytes() for row in rows]
    assert sorted(stored) == sorted(contents)
