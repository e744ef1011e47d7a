"""Composition: the one place that sees every area and puts them together."""

from importlib import import_module
from importlib.util import find_spec

from flask import Blueprint, Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from fieldapp import db
from fieldapp.accounts import signing_in
from fieldapp.config import DEMO_SECRET, HOME, Config, ConfigError, department_name
from fieldapp.disposal.queries import case_for
from fieldapp.documents import files, making, personal, readers, sealing
from fieldapp.documents.queries import documents_about
from fieldapp.documents.sealing import keys as document_keys
from fieldapp.draw.queries import draw_for
from fieldapp.evidence import pictures, quotas, seals, store
from fieldapp.ledger import keys
from fieldapp.ledger.queries import last_checkpoint
from fieldapp.ledger.witnessing.asking import read_addresses
from fieldapp.review.queries import rows_of_case
from fieldapp.sync.bundle import beside, program_hash
from fieldapp.tasks.queries import task_of_plan_for
from fieldapp.visits.queries import substitution_for, visit_for, visit_of_approval_for
from fieldapp.web import assets, errors, filters, headers, htmx, limits, navigation, preferences, transactions
from fieldapp.web.access import check_origin, require_access_everywhere

AREAS = (
    "ledger", "accounts", "policy", "documents", "registry", "planning", "tasks", "draw", "visits", "evidence", "fieldwork",
    "sync", "entrusting", "review", "publication", "objections", "disposal", "oversight",
)
MEBIBYTE = 1024 * 1024


def create_app(config: Config) -> Flask:
    """The product for one configuration; refuses to start with a default secret or an unguarded route."""
    if config.secret_key == DEMO_SECRET and not config.demonstration:
        raise ConfigError("the demonstration's secret is not for use")
    app = Flask("fieldapp", template_folder=str(HOME / "templates"), static_folder=None)
    app.config.update(
        SECRET_KEY=config.secret_key, PUBLIC_URL=config.public_url, DEMONSTRATION=config.demonstration,
        TRUSTED_HOSTS=list(config.trusted_hosts) or None,
        MAX_CONTENT_LENGTH=16 * MEBIBYTE, MAX_FORM_MEMORY_SIZE=2 * MEBIBYTE, MAX_FORM_PARTS=2000,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}  # fewer bytes
    db.connect(config.database_url)
    store.configure(config.media_dir, low_water=config.media_low_water_mb * MEBIBYTE)
    quotas.configure(day=config.media_day_mb * MEBIBYTE, visit=config.media_visit_mb * MEBIBYTE)
    seals.configure(config.seals)
    configure_ledger(config)
    beside.configure(rows_of_case)
    _install_documents(config)
    _install_web(app)
    for area in AREAS:
        _install_area(app, area)
    require_access_everywhere(app)
    if config.trusted_proxies:
        # The host stays the one that the browser asked for: proxies pass `Host` on, and strangers may say any other.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.trusted_proxies, x_proto=config.trusted_proxies,  # type: ignore[method-assign]
                                x_host=0, x_port=0, x_prefix=0)
    return app


def configure_ledger(config: Config) -> None:
    """Say where the log's keys are, the first is made for the log of this address, and which witnesses are believed."""
    keys.configure(config.ledger_keys, origin=config.public_url.partition("://")[2] + "/ledger")
    try:
        keys.know_witnesses(one.key for one in read_addresses(config.witnesses))
    except ValueError as fault:
        raise ConfigError(f"WITNESSES: {fault}") from fault


def _install_documents(config: Config) -> None:
    files.configure(config.media_dir / "documents")
    document_keys.configure(config.document_keys, department_name())
    if config.timestamp_url and not document_keys.stampers():
        raise ConfigError("TIMESTAMP_URL needs its authority's certificate as *.crt in DOCUMENT_KEY_DIR, or no stamp is believed")
    sealing.configure(config.timestamp_url)
    personal.configure(config.document_keys)
    making.configure(config.public_url, pictures.picture_of)
    readers.configure({
        "work_plan": task_of_plan_for, "draw": draw_for, "visit": visit_for, "visit_approval": visit_of_approval_for,
        "substitution": substitution_for, "disposal_case": case_for})


def load_areas() -> None:
    """Import every area's rules, tables, pages and jobs (for the law index and the migrations)."""
    for area in ("jobs", *AREAS):
        for part in ("rules", "models", "routes", "jobs"):
            _part(area, part)


def _install_web(app: Flask) -> None:
    Compress(app)  # first in, last out: it packs what all the others have made
    app.before_request(check_origin)
    app.before_request(limits.check_limits)
    transactions.install(app)
    for part in (headers, htmx, errors, preferences, filters, assets, signing_in):
        part.install(app)
    app.jinja_env.globals.update(navigation=navigation.navigation, department=department_name, signed_head=last_checkpoint,
                                 documents_about=documents_about, program_hash=program_hash)


def _install_area(app: Flask, area: str) -> None:
    """Register the pages and the jobs of an area that has any."""
    _part(area, "jobs")
    for value in vars(_part(area, "routes") or object).values():
        if isinstance(value, Blueprint):
            app.register_blueprint(value)


def _part(area: str, name: str) -> object | None:
    return import_module(f"fieldapp.{area}.{name}") if find_spec(f"fieldapp.{area}.{name}") else None


