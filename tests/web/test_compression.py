"""What goes over the air is packed for whoever takes it, and a kept page is asked for again by its mark alone."""

import gzip

from flask.testing import FlaskClient


def test_pages_scripts_and_style_are_packed(client: FlaskClient) -> None:
    plain = client.get("/sign-in")
    packed = client.get("/sign-in", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(gzip.decompress(packed.data)) / 2
    script = next(part for part in plain.get_data(as_text=True).split('"') if part.endswith(".js"))
    assert client.get(script, headers={"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


def test_what_is_known_already_is_not_sent_again(client: FlaskClient) -> None:
    page = client.get("/sign-in").get_data(as_text=True)
    script = next(part for part in page.split('"') if part.endswith(".js"))
    for accepted in ({}, {"Accept-Encoding": "gzip"}):
        first = client.get(script, headers=accepted)
        again = client.get(script, headers={**accepted, "If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
