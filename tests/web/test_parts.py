"""The parts that every form is made of: what was typed stays, the sentence stands at its field."""

from typing import Any

import pytest
from flask import Flask, g, render_template_string

from fieldapp.db import Page
from fieldapp.refusals import Refusal
from fieldapp.web.pages import keep_form

NOTHING = Refusal("draw.too_few_inspectors", "工号用字母、数字、点、斜线或连字符，最多 40 个", field="seats")


def shown(app: Flask, template: str, refusal: Refusal | None = None, form: dict[str, Any] | None = None,
          **context: Any) -> str:
    """A template rendered after a form came back with a refusal, or for the first time."""
    with app.test_request_context("/", method="POST" if form else "GET", data=form):
        g.officer = None
        if refusal:
            g.refusal = refusal
        return render_template_string(template, **context)


@pytest.mark.parametrize("part", [
    "parts.field('seats', 'Seats', '4')", "parts.area('seats', 'Seats', '4')",
    "parts.select('seats', 'Seats', [('4', 'four'), ('7', 'seven')], '4')",
    "parts.radios('seats', 'Seats', [('4', 'four'), ('7', 'seven')], '4')",
])
def test_what_was_typed_stays_and_the_sentence_stands_beside_it(app: Flask, part: str) -> None:
    first = shown(app, f"{{{{ {part} }}}}")
    assert "4" in first
    assert "error" not in first
    again = shown(app, f"{{{{ {part} }}}}", NOTHING, {"seats": "7"})
    assert "seven" in again or "7" in again
    assert 'value="4" checked' not in again
    assert 'value="4" selected' not in again
    assert 'id="seats-error"' in again
    assert 'aria-describedby="seats-error"' in again


def test_another_fields_refusal_is_not_said_here(app: Flask) -> None:
    assert "error" not in shown(app, "{{ parts.field('name', 'Name') }}", NOTHING, {"seats": "7"})


def test_ticks_stay_as_ticked(app: Flask) -> None:
    part = "{{ parts.checks('roles', 'Roles', [('a', 'A'), ('b', 'B')], ['a']) }}"
    assert 'value="a" checked' in shown(app, part)
    none_ticked = shown(app, part, NOTHING, {"_asked": "roles"})
    assert "checked" not in none_ticked
    assert 'value="b" checked' in shown(app, part, NOTHING, {"_asked": "roles", "roles": "b"})
    assert 'value="a" checked' in shown(app, part, NOTHING, {"seats": "7"})


def test_the_summary_leads_to_the_field(app: Flask) -> None:
    summary = shown(app, "{{ parts.error_summary(refusal) }}", refusal=None, context=1)
    assert summary.strip() == ""
    assert 'href="#seats"' in shown(app, "{{ parts.error_summary() }}", NOTHING, {"seats": "7"})


def test_the_summary_of_a_kept_form_names_the_field(app: Flask) -> None:
    with app.test_request_context("/sign-in", method="POST", data={"user_name": "x"}):
        g.officer = None
        short = Refusal("web.short", "请填写", field="user_name")
        page = keep_form(short, "accounts/sign_in.html", next="", factor=None).get_data(as_text=True)
    assert '<a href="#user_name">用户名或工号：请填写</a>' in page


def test_typed_text_is_never_markup(app: Flask) -> None:
    payload = "\"><script>alert(1)</script>"
    for part in ("field('seats', 'x')", "area('seats', 'x')", "select('seats', 'x', [('a', payload)])",
                 "facts([(payload, payload)])", "chip(payload, 'bad')", "empty(payload)", "steps([(payload, 'now')])"):
        page = shown(app, f"{{{{ parts.{part} }}}}", NOTHING, {"seats": payload}, payload=payload)
        assert "<script" not in page
        assert "&lt;script" in page


def test_a_password_is_never_written_back(app: Flask) -> None:
    assert "hunter" not in shown(app, "{{ parts.field('seats', 'x', type='password') }}", NOTHING, {"seats": "hunter"})


def test_pages_are_turned_by_an_address_or_by_a_function(app: Flask) -> None:
    second: Page[object] = Page([], 150, 2, 30)
    assert 'href="/tasks?q=x&amp;page=3"' in shown(app, "{{ parts.pager(list, '/tasks?q=x') }}", list=second)
    assert 'href="/tasks/1"' in shown(app, "{{ parts.pager(list, url) }}", list=second, url=lambda number: f"/tasks/{number}")
    assert shown(app, "{{ parts.pager(list, '/tasks') }}", list=Page([], 1, 1, 30)).strip() == ""


def test_the_rest_is_there(app: Flask) -> None:
    page = shown(app, "{{ parts.decide('/x') }}{{ parts.meter(3, 13) }}{{ parts.icon('pin') }}{{ parts.state('x', 'wait') }}")
    for words in ('value="agree"', 'value="disagree"', 'name="opinion"', 'value="3"', "#pin", 'data-is="wait"'):
        assert words in page
