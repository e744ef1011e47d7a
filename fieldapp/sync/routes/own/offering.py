"""An inspector asks the entity to sign on its own phone: the code to be scanned, the digits to be told by mouth;
away from the site the address to be sent."""

from uuid import UUID

from flask import Response, g, jsonify, request, url_for
from flask_babel import gettext as _

from fieldapp import clock
from fieldapp.documents.qr import qr_svg
from fieldapp.roles import Role
from fieldapp.sync import actions, rules
from fieldapp.sync.routes.door import sync
from fieldapp.web.access import allowed
from fieldapp.web.fields import json_said
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import public_address

BY_ADDRESS = Limit("sign-offer", 60, 600, address)


@sync.post("/visits/<uuid:visit_id>/signing-links")
@limited(BY_ADDRESS)
@allowed(Role.INSPECTOR)
def offer_link(visit_id: UUID) -> Response:
    offered = actions.offer_link(visit_id, by=g.officer, device_id=rules.phone_named(json_said(request.get_data())))
    door = "sign.show_served_door" if offered.link.is_served else "sign.show_door"
    address = f"{public_address(url_for(door))}#{offered.secret}"
    return jsonify(address=address, qr=qr_svg(address, _("签字链接")), code=offered.code,
                   until=clock.milliseconds(offered.link.expires_at))
