"""Phones: what was received of each, for its person and for those who look after phones; a lost one is stopped."""

from typing import Any

from flask import Response, g, jsonify, request, url_for

from fieldapp import clock
from fieldapp.refusals import Refusal
from fieldapp.roles import Role
from fieldapp.sync import actions, queries, rules
from fieldapp.sync.routes.door import sync
from fieldapp.web.access import allowed
from fieldapp.web.fields import json_said
from fieldapp.web.pages import keep_form, render, see_other

SECOND = 1000
SKEWED = 120 * SECOND


@sync.get("/devices")
@allowed(Role.INSPECTOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
def list_devices() -> Response:
    rows = [_row(device, name) for device, name in queries.devices_for(g.officer)]
    return render("sync/devices.html", devices=rows, is_own=g.officer.is_any(Role.INSPECTOR))


@sync.get("/devices/<device_id>")
@allowed(Role.INSPECTOR, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
def show_device(device_id: str) -> Response:
    return render("sync/device.html", **_device(device_id))


@sync.post("/key")
@allowed(Role.INSPECTOR)
def register_key() -> Response:
    device_id, public_key = rules.parse_key(json_said(request.get_data()))
    key = actions.register_key(device_id, public_key, by=g.officer)
    return jsonify(id=key.key_id)


@sync.post("/devices/<device_id>/revocation")
@allowed(Role.INSPECTOR, Role.SECURITY_ADMIN)
def revoke_device(device_id: str) -> Response:
    try:
        actions.revoke_device(device_id, request.form.get("reason", ""), by=g.officer)
    except Refusal as refusal:
        return _again(device_id, refusal)
    return see_other("sync.show_device", device_id=device_id)


@sync.post("/devices/<device_id>/restoration")
@allowed(Role.SECURITY_ADMIN)
def restore_device(device_id: str) -> Response:
    try:
        actions.restore_device(device_id, request.form.get("reason", ""), by=g.officer)
    except Refusal as refusal:
        return _again(device_id, refusal)
    return see_other("sync.show_device", device_id=device_id)


def _again(device_id: str, refusal: Refusal) -> Response:
    """The page with the sentence at its place; where there is no such phone, the refusal itself."""
    if refusal.status == 404:
        raise refusal
    return keep_form(refusal, "sync/device.html", **_device(device_id))


def _device(device_id: str) -> dict[str, Any]:
    device = queries.device_for(g.officer, device_id)
    count, last, last_at, attention = queries.received_of(device_id)
    return {
        "device": _row(device, queries.person_name(device.person_id)), "count": count, "last": last, "last_at": last_at,
        "attention": attention, "visits": queries.visits_of_device(device_id) if device.person_id == g.officer.person_id else [],
        "stops": queries.stops_of(device_id), "back_url": url_for("sync.list_devices"),
        "may_revoke": g.officer.is_any(Role.SECURITY_ADMIN) or device.person_id == g.officer.person_id,
        "may_restore": g.officer.is_any(Role.SECURITY_ADMIN)}


def _row(device: Any, person: str) -> dict[str, Any]:
    """One phone, as the templates show it; the skew in whole seconds where it counts."""
    skew = device.clock_skew_ms
    oldest = device.oldest_unsent_at
    return {
        "id": device.id, "short": device.id[:8], "name": device.name, "person": person, "last_n": device.last_n,
        "first_seen_at": device.first_seen_at, "last_seen_at": device.last_seen_at, "revoked_at": device.revoked_at,
        "unsent": device.unsent, "oldest_at": oldest, "days": (clock.now() - oldest).days if oldest else 0,
        "gaps": device.gaps, "forks": device.forks, "skew": round(skew / SECOND) if abs(skew) > SKEWED else 0,
        "url": url_for("sync.show_device", device_id=device.id)}
