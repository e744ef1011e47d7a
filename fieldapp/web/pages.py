"""Pages and fragments: one template, one address; redirects after every change."""

import re
from collections.abc import Iterable
from typing import Any

from flask import Response, current_app, g, make_response, redirect, request, url_for
from flask_babel import gettext

from fieldapp.refusals import Refusal
from fieldapp.web import htmx
from fieldapp.words import Labelled


def render(template: str, /, status: int = 200, **context: Any) -> Response:
    """The page, or, when htmx asks for one of its named blocks, that block alone."""
    page = current_app.jinja_env.get_template(template)
    current_app.update_template_context(context)
    block = page.blocks.get(htmx.target_id()) if htmx.wants_fragment() else None
    body = "".join(block(page.new_context(context))) if block else page.render(context)
    return make_response(body, status)


def download(content: bytes, name: str, media_type: str) -> Response:
    """A file of ours to be kept, under a name without quotes or signs beyond ASCII."""
    return make_response(content, {"Content-Type": media_type, "Content-Disposition": f'attachment; filename="{name}"'})


def see_other(endpoint: str, **values: Any) -> Response:
    """303 to a page of ours: what follows every successful change."""
    return make_response(redirect(url_for(endpoint, **values), 303))


def choices(words: Iterable[Labelled]) -> list[tuple[str, str]]:
    """Words as the choices of a form, in the reader's language."""
    return [(one.value, gettext(one.label)) for one in words]


def sentence(refusal: Refusal) -> str:
    """The refusal's one sentence in the reader's language; facts that are marked words, or several, are translated too."""
    facts = {name: _fact(fact) for name, fact in refusal.facts.items()}
    return gettext(refusal.message, **facts) if facts else gettext(refusal.message)


def _fact(fact: object) -> object:
    if isinstance(fact, tuple):
        return gettext("、").join(str(_fact(one)) for one in fact)
    return gettext(fact) if isinstance(fact, str) and fact else fact


def public_address(path: str = "") -> str:
    """A path of ours as an address that another browser opens, by whatever name this request came."""
    return f"{current_app.config['PUBLIC_URL']}{path}"


def is_by_tls() -> bool:
    """Whether browsers reach us over TLS alone, so that cookies may ask for it."""
    return public_address().startswith("https://")


def page_number() -> int:
    """The page asked for by `?page=`, from 1; nonsense counts as 1."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1


def wants_json() -> bool:
    """Whether the caller is a program (the phone's sync), which gets JSON and never a redirect."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def keep_form(refusal: Refusal, template: str, **context: Any) -> Response:
    """The form again, with the sentence at its place and everything typed still in it (`form=request.form`)."""
    g.refusal = refusal
    answer = render(template, status=refusal.status, refusal=refusal, form=request.form, **context)
    answer.set_data(_field_named(answer.get_data(as_text=True), refusal))
    return answer


def _field_named(page: str, refusal: Refusal) -> str:
    """The summary above a form names the field by the label that stands further down."""
    label = re.search(rf'<label for="{re.escape(refusal.field)}">([^<（(]+)', page) if refusal.field else None
    if label is None or label[1].strip() in sentence(refusal):
        return page
    link = f'<a href="#{refusal.field}">'
    return page.replace(link, f"{link}{label[1].strip()}{gettext('：')}", 1)
