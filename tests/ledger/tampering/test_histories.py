"""A log that nobody has tampered with is never accused, whatever its history."""

from collections.abc import Callable
from contextlib import suppress
from random import Random

import pytest

from fieldapp import db, ids, ledger
from fieldapp.accounts.models import Division, Person
from fieldapp.jobs import actions as jobs
from fieldapp.ledger import keys, queries
from fieldapp.ledger.actions import record_many, sequence, sign_checkpoint
from fieldapp.ledger.verification import verify
from fieldapp.refusals import Refusal
from fieldapp.visits import actions as visits
from tests.chaos.stage import Stage
from tests.databases import ON_SQLITE
from tests.fieldwork.applying import enter
from tests.fieldwork.scene import Phone

pytestmark = [ON_SQLITE, pytest.mark.article("3"), pytest.mark.usefixtures("named_keys")]
STEPS = 10


class History:
    """What people do, at random: on a phone, at a desk, and what goes wrong meanwhile."""

    def __init__(self, stage: Stage, chance: Random) -> None:
        self.cast, self.chance = stage.cast, chance
        team = (self.cast.inspector_a, self.cast.inspector_b)
        self.phones = [Phone(scene, player) for scene in stage.scenes for player in team]
        self.ways: list[Callable[[], None]] = [self.write, self.write, self.write, self.rename, self.rename_many, self.break_off,
                                               self.take_back, self.leave, self.work, self.sign]

    def write(self) -> None:
        """A phone's operations, also such as are refused or differ from another's."""
        phone, number = self.chance.choice(self.phones), self.chance.choice((1, 2, 3))
        scene = phone.scene
        enter(*self.chance.sample([
            phone.here(), phone.set(scene.check(number), self.chance.choice(("compliant", "non_compliant", "?"))),
            phone.set(scene.check(number, "note"), f"第 {self.chance.random()} 次"),
            phone.set("arrival/place", self.chance.choice("东西南北")),
            phone.op("add", scene.path(f"other/{ids.uuid7()}"), {"text": "另有发现", "reason": "现场看到"}),
            phone.set("notice/recusal", "yes"), phone.set("notice/recusal_reason", "曾是同事"), phone.sign("0" * 64),
        ], self.chance.randint(1, 4)))

    def rename(self) -> None:
        with db.transaction(write=True):
            division = db.session.get_one(Division, self.cast.division)
            division.name = f"第 {self.chance.random()} 处"
            ledger.record(self.cast.legal.officer, "accounts.division_renamed", division)
            if self.chance.random() < 0.5:  # a row that no entry names
                db.session.get_one(Person, self.cast.head.id).telephone = str(self.chance.randint(10**10, 10**11))

    def rename_many(self) -> None:
        with db.transaction(write=True):
            rows = [db.session.get_one(Division, one) for one in (self.cast.division, self.cast.other_division)]
            for row in rows:
                row.name = f"第 {self.chance.random()} 处"
            record_many(self.cast.legal.officer, "accounts.division_renamed", rows)

    def break_off(self) -> None:
        with pytest.raises(RuntimeError), db.transaction(write=True):
            ledger.record(self.cast.legal.officer, "accounts.x", db.session.get_one(Division, self.cast.division))
            raise RuntimeError

    def take_back(self) -> None:
        with db.transaction(write=True):
            with pytest.raises(RuntimeError), db.session.begin_nested():
                division = db.session.get_one(Division, self.cast.division)
                division.name = "不成处"
                ledger.record(self.cast.legal.officer, "accounts.x", division)
                raise RuntimeError
            db.session.add(Division(name=f"新 {self.chance.random()} 处"))

    def leave(self) -> None:
        """Somebody asks to be replaced, and stays or goes; asking twice is refused."""
        visit, head = self.chance.choice(self.phones).scene.visit, self.cast.head.officer
        with suppress(Refusal), db.transaction(write=True):
            asked = visits.ask_substitution(visit, self.cast.inspector_b.inspector_id or visit, "health", "住院",
                                            by=self.cast.inspector_b.officer)
            visits.decide_substitution(asked.id, self.chance.choice(("agree", "disagree")), "请另行安排", by=head)

    def work(self) -> None:
        for _ in range(5):
            jobs.run_next()

    def sign(self) -> None:
        with db.transaction(write=True):
            sequence()
            sign_checkpoint()


def is_clean_after_each_step(stage: Stage, histories: range) -> tuple[int, int]:
    """Verify after each of ten steps of each history; how many verifications, and over how many different logs."""
    checked, heads = 0, set()
    for seed in histories:
        with stage.copy():
            history = History(stage, Random(seed))
            for _ in range(STEPS):
                history.chance.choice(history.ways)()
                with db.transaction(write=True):
                    sequence()
                with db.transaction(write=False):
                    found = list(verify(keys.verifier_keys()))
                    assert found == [], f"history {seed}"
                checked += 1
            with db.transaction(write=False):
                heads.add(queries.head_at(queries.size()))
    return checked, len(heads)


def test_histories_of_all_kinds_are_never_accused(stage: Stage) -> None:
    assert is_clean_after_each_step(stage, range(8)) == (80, 8)


@pytest.mark.full
@pytest.mark.timeout(7200)
def test_ten_thousand_verifications_of_a_thousand_histories_accuse_nobody(stage: Stage) -> None:
    checked, different = is_clean_after_each_step(stage, range(1000, 2000))
    print(f"{checked} verifications over {different} histories: nobody accused")
    assert (checked, different) == (10_000, 1000)
