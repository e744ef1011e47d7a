"""Every answer carries the security headers: nothing inline, nothing foreign, nothing framed."""

import pytest
from flask import Flask

from tests.databases import ON_SQLITE


@ON_SQLITE
@pytest.mark.parametrize(("path", "status"), [
    ("/sign-in", 200), ("/tasks", 303), ("/no-such-page", 404), ("/static/x/look.css", 200), ("/public/results", 200)])
def test_every_answer_carries_the_security_headers(app: Flask, path: str, status: int) -> None:
    answer = app.test_client().get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert answer.status_code == status
    assert {"default-src 'none'", "script-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert "unsafe" not in policy
    assert {name: answer.headers.get(name) for name in ("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy")} == {
        "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}
