"""Commit and reveal: two officers make the seed, and neither can bend it; a public beacon may come last."""

from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.draw import beacon, queries, rules
from fieldapp.draw.models import Contribution, Draw, DrawBeacon
from fieldapp.ledger.actions import Actor
from fieldapp.roles import Officer


def commit(draw_id: UUID, commitment: bytes, *, by: Officer) -> Contribution:
    """Hand in a commitment; once, by a person named in the manifest, before anybody reveals."""
    draw = queries.draw(draw_id, lock=True)
    rules.check_draw_stands(voided=draw.voided_at is not None)
    part = rules.check_contributes(by.name, queries.contribution_of(draw, by.person_id))
    rules.check_may_commit(part.person.name, queries.seeding(draw))
    part.commitment, part.committed_at = commitment.hex(), clock.now()
    if all(one.commitment for one in draw.contributions):
        draw.state = rules.DrawState.COMMITTED
    ledger.record(by, "draw.committed", part, case=draw.task_id)
    return part


def reveal(draw_id: UUID, nonce: bytes, value: bytes, *, by: Officer) -> Contribution:
    """Show what was committed; when the last has revealed, the seed exists, or the round of its beacon is named."""
    draw = queries.draw(draw_id, lock=True)
    rules.check_draw_stands(voided=draw.voided_at is not None)
    part = rules.check_contributes(by.name, queries.contribution_of(draw, by.person_id))
    rules.check_may_reveal(part.person.name, queries.seeding(draw))
    shown = rules.Reveal(nonce, value)
    rules.check_reveal(bytes.fromhex(part.commitment or ""), by.name, bytes.fromhex(draw.manifest_hash), shown)
    part.nonce, part.value, part.revealed_at = nonce, value, clock.now()
    accounts.answered("draw_contribution", draw.id, by=by, person_id=by.person_id)
    ledger.record(by, "draw.revealed", part, case=draw.task_id)
    if all(one.revealed_at for one in draw.contributions):
        if draw.takes_beacon:
            _name_beacon(draw, by)
        else:
            _make_seed(draw, by)
    return part


def take_beacon(draw_id: UUID, signature: bytes, *, by: Actor) -> Draw:
    """Take the signature of the round that was named, once it is proved to be the chain's: then the seed exists.

    The proof takes half a second: who calls this has `beacon.check_signature` compute it before the database is locked.
    """
    draw = queries.draw(draw_id, lock=True)
    rules.check_draw_stands(voided=draw.voided_at is not None)
    rules.check_beacon_may_come(named=draw.beacon is not None, taken=draw.seed is not None)
    if draw.beacon:
        beacon.check_signature(draw.beacon.round, signature)
        draw.beacon.signature, draw.beacon.taken_at = signature.hex(), clock.now()
        ledger.record(by, "draw.beacon_taken", draw.beacon, case=draw.task_id, facts={"signature": draw.beacon.signature})
        _make_seed(draw, by)
    return draw


def _name_beacon(draw: Draw, by: Officer) -> None:
    """Write down the round before anybody can know its signature."""
    now = clock.now().replace(microsecond=0)
    draw.beacon = DrawBeacon(draw_id=draw.id, round=beacon.round_for(now), named_at=now)
    draw.state = rules.DrawState.BEACON_NAMED
    db.session.flush()
    ledger.record(by, "draw.beacon_named", draw.beacon, case=draw.task_id, facts={"round": draw.beacon.round})


def _make_seed(draw: Draw, by: Actor) -> None:
    parts = draw.contributions
    commits = {part.person.name: bytes.fromhex(part.commitment or "") for part in parts}
    reveals = {part.person.name: rules.Reveal(part.nonce or b"", part.value or b"") for part in parts}
    seed = rules.seed_of_officers(bytes.fromhex(draw.manifest_hash), queries.seeding(draw).contributors, commits, reveals,
                                  queries.beacon_part(draw))
    draw.seed, draw.state = seed.hex(), rules.DrawState.REVEALED
    db.session.flush()
    ledger.record(by, "draw.seed_made", draw, facts={"seed": draw.seed})
