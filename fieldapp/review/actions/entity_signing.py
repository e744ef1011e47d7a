"""The entity and a 补充笔录: it signs on the inspector's phone or by its own link, or it is noted why it did not."""

from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.accounts import queries as people
from fieldapp.accounts.rules import secret_hash
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents.rules import DocumentKind, day_text, form
from fieldapp.fieldwork.rules import check_witness
from fieldapp.ledger.actions import Actor
from fieldapp.refusals import NotFound
from fieldapp.review import queries, rules
from fieldapp.review.actions import beside
from fieldapp.review.actions.supplementing import KIND, check_is_member
from fieldapp.review.models import SupplementaryRecord
from fieldapp.review.rules import NotSigned
from fieldapp.roles import Officer
from fieldapp.sync.actions.own import ENTITY
from fieldapp.sync.rules import Signer, check_what_was_read
from fieldapp.words import N_


def sign_on_inspectors_phone(supplementary_id: UUID, signer: Signer, opinion: str, words: str, *,
                             by: Officer) -> SupplementaryRecord:
    """The representative signs by hand on the phone of a member of the team."""
    row = queries.supplementary_record(supplementary_id)
    check_is_member(row, by)
    return _sign(row, signer, opinion, words, by, by)


def sign_by_link(secret: str, signer: Signer, opinion: str, words: str) -> SupplementaryRecord:
    """The representative signs through the link that was served to the entity."""
    row, server = _served(secret)
    return _sign(row, signer, opinion, words, ENTITY, server)


def decline_by_link(secret: str, words: str, read: str) -> SupplementaryRecord:
    """The entity says through its link that it does not sign, in its own words; the inspectors' explanation follows."""
    row, _server = _served(secret)
    rules.check_entity_may_sign(row.state, is_past=row.until < clock.today())
    check_what_was_read(read, row.digest)
    row.declined = {"words": words.strip(), "digest": row.digest, "at": clock.now().isoformat()}
    ledger.record(ENTITY, "review.supplementary_record_declined", row)
    return row


def note_not_signed(supplementary_id: UUID, told: NotSigned, *, by: Officer) -> SupplementaryRecord:
    """The inspectors note that the entity refused, could not or did not answer, and explain; a witness if there is one."""
    row = queries.supplementary_record(supplementary_id)
    check_is_member(row, by)
    rules.check_not_signed(told, row.state, until=row.until, today=clock.today())
    witness = {"name": told.witness_name, "unit": told.witness_unit} if told.witness_name else None
    check_witness(witness, [one.name for one in queries.team(row.visit_task.visit)], ())
    row.unsigned = {"cause": str(told.cause), "words": (row.declined or {}).get("words") or told.words,
                    "explanation": told.explanation, "witness": witness, "by": by.name, "digest": row.digest,
                    "at": clock.now().isoformat()}
    _complete(row, by, "review.supplementary_record_not_signed", by)
    return row


def _sign(row: SupplementaryRecord, signer: Signer, opinion: str, words: str, said_by: Actor, by: Officer) -> SupplementaryRecord:
    is_own = said_by is ENTITY
    rules.check_entity_may_sign(row.state, is_past=row.until < clock.today())
    check_what_was_read(signer.digest, row.digest)
    row.entity = rules.entity_signed(signer, opinion, words, is_own=is_own) | {"at": clock.now().isoformat()}
    _complete(row, said_by, "review.supplementary_record_entity_signed", by)
    return row


def _complete(row: SupplementaryRecord, said_by: Actor, verb: str, by: Officer) -> None:
    """It is in force: issued under its number, an answer to the remarks at its parts, then on with the review."""
    row.completed_at = clock.now()
    content = form("补充笔录", department_name(), day_text(clock.today()),
                   rules.supplementary_parts(row.content, row.signatures, row.entity, row.unsigned))
    document = documents.issue_new(DocumentKind.SUPPLEMENTARY_RECORD, "visit_task", row.visit_task_id, content, by=by)
    row.document_id = document.id
    db.session.flush()
    ledger.record(said_by, verb, row, facts={"number": document.number, "digest": row.digest})
    accounts.answered(KIND, row.id, by=by)
    paths = [one["path"] for one in row.content["facts"]]
    concerned = [one for one in queries.remarks(row.visit_task_id) if rules.answers_remark(paths, one.path)]
    beside.answer(concerned, {"supplementary_record": str(row.id)}, by)
    beside.send_on(row.visit_task_id, by)


def _served(secret: str) -> tuple[SupplementaryRecord, Officer]:
    """What a link leads to, held, and the member of the team who served it: a link is good while they are of the team."""
    found = queries.served_by_secret(secret_hash(secret))
    row = queries.supplementary_record(found.id)
    if row.served_by is None or row.link_sha256 != secret_hash(secret):
        raise NotFound("review.link_over", N_("没有这个签字链接，或者它已经停用"))
    server = people.person(row.served_by).officer
    check_is_member(row, server)
    return row, server
