"""A state machine of three phones, two inspectors and two visits against the server; what must hold whatever happens.

The rules are what befalls phones: typing, photos, a part sent, an answer lost, an old batch sent again, orders mixed up,
a killed browser, a copied phone, an expired session, signing, closing. The invariants are those of the phone's log.
"""

import json
import random
from hashlib import sha256
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from fieldapp import clock, db
from fieldapp.evidence.models import Original
from fieldapp.fieldwork import rules as fieldwork
from fieldapp.fieldwork.models import FieldValue
from fieldapp.sync.models import Device, Op, OpOutcome
from tests.chaos.phone import Lost, Phone, Refused, attendance_of
from tests.chaos.replay import check_blind, check_signed, state_of, state_of_replayed
from tests.chaos.stage import Stage, sign_in
from tests.fieldwork.scene import Scene, signature
from tests.product import browser_of

PHONES, VISITS = st.integers(0, 2), st.integers(0, 1)
WORDS = st.sampled_from(["东门", "西门", "🔬", ""])
ANSWERS = st.sampled_from(["compliant", "non_compliant", "not_applicable"])
FATES = st.sampled_from(["arrives", "arrives", "arrives", "reply lost", "request lost", "twice", "dies with the answer"])
SENT_WHOLE = 50


class PhonesAndServer(RuleBasedStateMachine):
    """Set `stage` and `app` on a subclass; each example plays on a copy of the stage's database."""

    stage: Stage
    app: Flask

    @initialize()
    def begin(self) -> None:
        self.copy = self.stage.copy()
        self.url = self.copy.__enter__()
        self.fate, self.browsers = "arrives", dict[UUID, FlaskClient]()
        cast, chance = self.stage.cast, random.Random(0)
        for owner in (cast.inspector_a, cast.inspector_b):
            self._sign_in(owner)
        self.phones = [Phone(owner, self._transport(owner.id), random.Random(chance.random()), chunk_size=64)
                       for owner in (cast.inspector_a, cast.inspector_b, cast.inspector_b)]
        self.history: list[list[dict[str, Any]]] = []
        self.written: dict[str, dict[str, Any]] = {}
        self.receipts: dict[str, str] = {}
        for scene in self.stage.scenes:
            for member in (cast.inspector_a, cast.inspector_b):
                self._note(self.phones[0].here(scene, member))

    def teardown(self) -> None:
        if hasattr(self, "copy"):
            try:
                self.everything_arrives_once()
            finally:
                clock.set_source(None)
                self.copy.__exit__(None, None, None)

    # what people do

    @rule(who=PHONES, where=VISITS, line=st.integers(1, 2), value=ANSWERS)
    def answer_a_check(self, who: int, where: int, line: int, value: str) -> None:
        scene = self.stage.scenes[where]
        self._note(self.phones[who].set(scene, scene.check(line), value))

    @rule(who=PHONES, where=VISITS, words=WORDS)
    def type_and_save(self, who: int, where: int, words: str) -> None:
        self._note(self.phones[who].set(self.stage.scenes[where], "arrival/place", words))

    @rule(who=PHONES, words=WORDS)
    def type_and_be_killed(self, who: int, words: str) -> None:
        phone = self.phones[who]
        phone.type(self.stage.scenes[0], "arrival/reason", words)
        phone.crash()

    @rule(who=PHONES, where=VISITS, size=st.integers(1, 150))
    def take_a_photo(self, who: int, where: int, size: int) -> None:
        phone = self.phones[who]
        self._note(phone.take_photo(self.stage.scenes[where], 1, b"\xff\xd8\xff\xe0" + phone.chance.randbytes(size)))

    @rule(who=PHONES, where=VISITS, is_own=st.booleans())
    def choose_between_rivals(self, who: int, where: int, is_own: bool) -> None:
        phone, scene = self.phones[who], self.stage.scenes[where]
        for (visit, path, _), draft in list(phone.places.items()):
            if visit == scene.visit and draft.other is not None and draft.receipt is not None:
                base, other, draft.other = draft.base, draft.other, None
                self._note(phone.set(scene, path, draft.value if is_own else other.value, base=base))

    @rule(who=PHONES, where=VISITS)
    def sign(self, who: int, where: int) -> None:
        phone, scene = self.phones[who], self.stage.scenes[where]
        said = signature("entity", "李某", **self._stands(phone, scene), capacity="person_in_charge")
        self._note(phone.record(scene, "sign", scene.path("record"), said))

    @rule(who=PHONES, where=VISITS)
    def conclude_and_close(self, who: int, where: int) -> None:
        phone, scene = self.phones[who], self.stage.scenes[where]
        self._note(phone.set(scene, scene.path("conclusion/category"), "no_problem"))
        stands = self._stands(phone, scene)
        for member in (self.stage.cast.inspector_a, self.stage.cast.inspector_b):
            said = signature("inspector", member.name, **stands)
            self._note(phone.record(scene, "sign", scene.path(f"record/inspector/{member.id}"), said, by=member))
        whole = fieldwork.visit_digest({str(scene.part): stands["digest"]})
        self._note(phone.record(scene, "close", "visit", {"digest": whole}))

    # what befalls phones and network

    @rule(who=PHONES, most=st.sampled_from([1, 3, 50]), fate=FATES)
    def send(self, who: int, most: int, fate: str) -> None:
        phone = self.phones[who]
        self.history.append(phone.batch(most))
        self._send(phone, most, fate)

    @precondition(lambda self: bool(self.history))
    @rule(data=st.data(), is_mixed=st.booleans())
    def an_old_batch_comes_again(self, data: st.DataObject, is_mixed: bool) -> None:
        ops = data.draw(st.sampled_from(self.history), label="batch")
        owner = next((phone for phone in self.phones if ops and str(phone.owner.id) == self._sender(ops)), None)
        if owner is not None:
            said = {"v": 1, "dev": ops[0]["d"], "ops": list(reversed(ops)) if is_mixed else ops, "since": 0}
            status, answer = self._transport(owner.owner.id)("POST", "/field/sync", json.dumps(said).encode())
            self._heard(answer if status in {200, 409} else {})

    @rule(who=PHONES)
    def a_later_part_overtakes(self, who: int) -> None:
        """What was sent second arrives first: it waits at the door."""
        phone = self.phones[who]
        ops = [row.op for row in phone.waiting() if row.op["k"] != "add"][1:3]
        said = {"v": 1, "dev": phone.device, "ops": ops, "since": 0}
        if ops:
            self._transport(phone.owner.id)("POST", "/field/sync", json.dumps(said).encode())

    @rule(who=PHONES)
    def the_phone_is_copied(self, who: int) -> None:
        """Both go on from one device and one counter: the copy writes on, and so does the original before it is put away."""
        if len(self.phones) < 5:
            original = self.phones[who]
            self.phones[who] = original.clone()
            self.phones.append(original)
            for phone, words in ((original, "原机"), (self.phones[who], "新机")):
                self._note(phone.set(self.stage.scenes[0], "arrival/place", words))

    @rule(who=PHONES)
    def the_session_ends(self, who: int) -> None:
        self.browsers[self.phones[who].owner.id].delete_cookie("fieldapp_session")

    @rule(who=PHONES, of=VISITS)
    def a_receipt_is_forgotten(self, who: int, of: int) -> None:
        """A phone restored from yesterday sends again what has long been received."""
        phone = self.phones[who]
        rows = [row for row in phone.rows.values() if row.receipt is not None and row.op["d"] == phone.device]
        if rows and rows[-1].op["k"] != "add":
            rows[-1].receipt = None

    # what must hold

    def everything_arrives_once(self) -> None:
        """When the weather clears every phone gets rid of all it has; then the log is what people wrote, and no more."""
        for player in {phone.owner.id: phone.owner for phone in self.phones}.values():
            self._sign_in(player)
        for _ in range(3):
            if not sum(self._send_all(phone) for phone in self.phones):
                break
        for phone in self.phones:
            left = [row.op["id"] for row in phone.waiting()]
            assert not left, f"never received: {left}"
        self._check_log()
        self._check_rivals()
        self._check_photos()
        before = self._state()
        check_signed()
        self._send_all_again()
        assert self._state() == before, "sending everything again changed the record"
        assert state_of_replayed(self.stage, self.url) == before, "the record is not what the log says"

    def _check_log(self) -> None:
        with db.transaction(write=False):
            rows = {str(row.id): row for row in db.session.execute(sa.select(Op.id, Op.device, Op.n, Op.receipt, Op.body))}
            devices = dict(db.session.execute(sa.select(Device.id, Device.last_n)).all())
            decided = set(map(str, db.scalars(sa.select(OpOutcome.op_id))))
        for name, op in self.written.items():
            assert name in rows, f"typed and lost: {op}"
            body = json.loads(rows[name].body)
            assert {**body, "d": op["d"], "n": op["n"]} == op, f"typed and changed: {op}"
        assert set(rows) == set(self.written), "the server has what nobody wrote"
        assert decided == set(rows), "received, and nothing became of it"
        assert len({row.receipt for row in rows.values()}) == len(rows), "a receipt was given twice"
        for device, last in devices.items():
            numbers = sorted(row.n for row in rows.values() if row.device == device)
            assert numbers == list(range(1, last + 1)), f"numbers of {device}: {numbers}"

    def _check_rivals(self) -> None:
        """Two values that nobody chose between stand side by side, until somebody chooses."""
        with db.transaction(write=False):
            standing = {str(op) for row in db.session.scalars(sa.select(FieldValue)) for op in (row.op_id, *row.same_ops)}
            outcomes = db.session.scalars(sa.select(OpOutcome).order_by(OpOutcome.sequence))
            latest = {str(row.op_id): row.outcome for row in outcomes}
            rivals = {str(row.op_id) for row in db.session.scalars(sa.select(FieldValue).where(FieldValue.is_rival))}
        for op_id, outcome in latest.items():
            assert outcome != "rival" or op_id in standing, f"a rival vanished without a choice: {op_id}"
        assert rivals <= {op_id for op_id, outcome in latest.items() if outcome == "rival"}
        check_blind()

    def _check_photos(self) -> None:
        """Every photo whose operation has its receipt is here as it was taken."""
        with db.transaction(write=False):
            kept = dict(db.session.execute(sa.select(Original.capture_hash, Original.sha256)).all())
        for phone in self.phones:
            for capture_hash, content in phone.taken.items():
                assert kept.get(capture_hash) == sha256(content).hexdigest(), f"a photo is missing: {capture_hash}"

    # how it is done

    def _send(self, phone: Phone, most: int, fate: str) -> bool:
        self.fate = fate
        try:
            return phone.send_part(most, keep=fate != "dies with the answer")
        except (Lost, Refused):
            return False
        finally:
            self.fate = "arrives"

    def _send_all(self, phone: Phone) -> int:
        """Send until nothing comes of it; how often something did."""
        return next((times for times in range(200) if not self._send(phone, SENT_WHOLE, "arrives")), 200)

    def _send_all_again(self) -> None:
        for phone in self.phones:
            ops = sorted((row.op for row in phone.rows.values() if row.op["d"] == phone.device), key=lambda op: op["n"])
            for start in range(0, len(ops), SENT_WHOLE):
                self._heard(phone.ask(ops[start:start + SENT_WHOLE]))

    def _transport(self, person: UUID) -> Any:
        def carry(method: str, path: str, body: bytes) -> tuple[int, Any]:
            if self.fate == "request lost":
                raise Lost
            answer = None
            for _ in range(2 if self.fate == "twice" else 1):
                answer = self.browsers[person].open(path, method=method, data=body, headers={
                    "Accept": "application/json", "Content-Type": "application/json"})
                assert answer.status_code < 500, answer.get_data(as_text=True)
                self._heard(answer.get_json() if path == "/field/sync" and answer.status_code in {200, 409} else {})
            if self.fate == "reply lost":
                raise Lost
            return answer.status_code, answer.get_json()
        return carry

    def _heard(self, answer: dict[str, Any]) -> None:
        """An operation's receipt is the same for ever, byte for byte."""
        for row in answer.get("out", []):
            said = json.dumps(row)
            assert self.receipts.setdefault(row["id"], said) == said, f"another receipt: {self.receipts[row['id']]}, {said}"

    def _stands(self, phone: Phone, scene: Scene) -> dict[str, Any]:
        """What this phone signs: the digest of the record as it knows it, and the attendance in it."""
        entries = {path: draft for (visit, path, _), draft in phone.places.items()
                   if visit == scene.visit and path.startswith(scene.path(""))}
        values = {path: draft.value for path, draft in entries.items() if draft.kind == "set"}
        items = {path: fieldwork.item_content(draft.value) for path, draft in entries.items()
                 if draft.kind == "add" and not draft.is_void and "/record/" not in path}
        signed = phone.places.get((scene.visit, scene.path("record"), "sign"))
        attendance = signed.value["attendance"] if signed else attendance_of(phone, scene)
        digest = fieldwork.record_digest(scene.head, values, items, fieldwork.Attendance.of(attendance))
        return {"digest": digest, "attendance": attendance}

    def _sign_in(self, player: Any) -> None:
        self.browsers[player.id] = browser_of(self.app)
        self.browsers[player.id].set_cookie("fieldapp_session", sign_in(player))

    def _sender(self, ops: list[dict[str, Any]]) -> str:
        return next((str(phone.owner.id) for phone in self.phones
                     if any(op["id"] in phone.rows for op in ops)), "")

    def _note(self, op: dict[str, Any]) -> None:
        self.written[op["id"]] = op

    def _state(self) -> dict[str, Any]:
        with db.transaction(write=False):
            return state_of()
