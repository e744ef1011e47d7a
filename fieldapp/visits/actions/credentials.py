"""人员核验: phones register their keys, a stopped phone's keys end, a doubt is taken in and looked into."""

from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.refusals import Refusal
from fieldapp.roles import Officer, Outsider, Role
from fieldapp.visits import keys, queries, rules
from fieldapp.visits.models import CredentialDoubt, CredentialKey
from fieldapp.words import N_


def register_key(device: str, public_key: bytes, *, by: Officer) -> CredentialKey:
    """Keep the public half of the key that an inspector's phone has made; one registered before is answered again."""
    rules.check_point(public_key)
    keys.read_point(public_key)
    name = rules.key_id(public_key)
    known = queries.key_named(name)
    if known is not None:
        rules.check_may_register(owner=known.person_id, by=by.person_id, device=device, of_device=known.device,
                                 is_revoked=known.revoked_at is not None)
        return known
    key = CredentialKey(key_id=name, person_id=by.person_id, device=device, public_key=public_key, registered_at=clock.now())
    db.session.add(key)
    ledger.record(by, "visits.credential_key_registered", key)
    return key


def revoke_keys(device: str, reason: str, *, by: Officer) -> None:
    """A stopped phone's keys end: no code that it shows is genuine any more."""
    for key in queries.keys_of_device(device):
        key.revoked_at = clock.now()
        ledger.record(by, "visits.credential_key_revoked", key, reason=reason)


def report_doubt(text: str, contact: str, code: str) -> CredentialDoubt:
    """Somebody who checked an inspector has a doubt: it waits for legal affairs, with what the code was worth.

    A case of its own, as complaints are: the doubted team does not read of it in the visit's history before it is settled.
    """
    check = queries.check_of_code(code)
    doubt = CredentialDoubt(
        text=text, contact=contact, code=code[:200], answer_given=_answer(code), at=clock.now(),
        visit_id=check.visit_id if check else None, inspector_id=check.inspector_id if check else None)
    db.session.add(doubt)
    ledger.record(Outsider(N_("核验人")), "visits.credential_doubted", doubt)
    accounts.ask("credential_doubt", doubt.id, role=Role.LEGAL_AFFAIRS, title=text, endpoint="visits.show_doubt",
                 arguments={"doubt_id": doubt.id})
    return doubt


def settle_doubt(doubt_id: UUID, finding: str, *, by: Officer) -> CredentialDoubt:
    """Legal affairs writes down what it found out and did; from now on it stands in the visit's history."""
    doubt = queries.doubt(doubt_id, for_change=True)
    rules.check_is_unsettled(is_settled=doubt.found_at is not None)
    doubt.finding, doubt.found_at, doubt.found_by_id = finding, clock.now(), by.person_id
    accounts.answered("credential_doubt", doubt.id, by=by)
    ledger.record(by, "visits.doubt_settled", doubt, case=doubt.visit_id)
    return doubt


def _answer(code: str) -> str:
    """What the check says of the code now: its verdict, or why it is refused, as a message."""
    if not code:
        return ""
    try:
        return queries.credential_by_code(code, clock.now()).verdict.label
    except Refusal as refusal:
        return refusal.message
