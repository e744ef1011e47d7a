"""Phones as the server knows them: what each says of itself, a lost one stopped, a found one let go on."""

from datetime import UTC, datetime, timedelta
from typing import Any

from fieldapp import clock, db, ledger
from fieldapp.accounts.rules import device_name
from fieldapp.roles import Officer, Role
from fieldapp.sync import queries, rules
from fieldapp.sync.actions.receive import Received, known_device
from fieldapp.sync.models import Device, DeviceStop
from fieldapp.visits import actions as visits
from fieldapp.visits.models import CredentialKey
from fieldapp.visits.queries import hold

SEEN_EVERY = timedelta(minutes=5)


def note_phone(device_id: str, left: Any, user_agent: str, received: Received, *, by: Officer) -> None:
    """Keep what a phone of this person says of itself: what it still holds, by which browser, whether its log had a gap."""
    device = queries.device(device_id)
    if device is None or device.person_id != by.person_id:
        return
    device.name = device_name(user_agent)[:60]
    if clock.now() - device.last_seen_at > SEEN_EVERY:
        device.last_seen_at = clock.now()
    said = rules.unsent_after(left)
    if said is not None:
        device.unsent = said[0]
        device.oldest_unsent_at = datetime.fromtimestamp(said[1] / 1000, UTC) if said[1] and said[0] else None
    if received.is_fork:
        device.forks += 1
    elif received.want is not None and not received.clash:
        device.gaps += 1


def register_key(device_id: str, public_key: bytes, *, by: Officer) -> CredentialKey:
    """Take in the key that a person's phone has made for 人员核验; it lives and ends with the phone."""
    device = known_device(device_id, by)
    rules.check_device(owner=device.person_id, sender=by.person_id, is_revoked=device.revoked_at is not None)
    return visits.register_key(device.id, public_key, by=by)


def revoke_device(device_id: str, reason: str, *, by: Officer) -> Device:
    """Stop a lost phone: what it sends from now on is refused, the links and keys that it showed end, what was received
    stays."""
    device = queries.device_for(by, device_id)
    rules.check_may_revoke(owner=device.person_id, by=by.person_id, is_security_admin=by.is_any(Role.SECURITY_ADMIN),
                           is_revoked=device.revoked_at is not None)
    device.revoked_at = clock.now()
    why = rules.check_reason(reason)
    ledger.record(by, "sync.device_revoked", _stop(device, why, is_stopped=True, by=by))
    visits.revoke_keys(device.id, why, by=by)
    _end_links(device, by=by)
    return device


def _end_links(device: Device, *, by: Officer) -> None:
    """A link by which the entity signs stands on the screen of the phone that offered it; another is offered in a moment."""
    moment = clock.now()
    hold({link.visit_id for link in queries.links_offered_on(device, moment)})
    for link in queries.links_offered_on(device, moment):
        link.ended_at = moment
        ledger.record(by, "sync.link_ended", link)


def restore_device(device_id: str, reason: str, *, by: Officer) -> Device:
    """Let a found phone go on: what it still holds can be sent again."""
    device = queries.device_for(by, device_id)
    rules.check_may_restore(is_revoked=device.revoked_at is not None)
    device.revoked_at = None
    ledger.record(by, "sync.device_restored", _stop(device, rules.check_reason(reason), is_stopped=False, by=by))
    return device


def _stop(device: Device, reason: str, *, is_stopped: bool, by: Officer) -> DeviceStop:
    stop = DeviceStop(device_id=device.id, person_id=device.person_id, is_stopped=is_stopped, at=clock.now(),
                      by_id=by.person_id, reason=reason)
    db.session.add(stop)
    return stop
