"""The public pages: what this is, the results, one result with its versions."""

from uuid import UUID

from flask import Response, request

from fieldapp.accounts import queries as accounts
from fieldapp.publication import forms, queries
from fieldapp.publication.routes.blueprint import publication
from fieldapp.publication.rules import ObjectionMark, ResultCategory, ResultState
from fieldapp.web.access import public
from fieldapp.web.pages import page_number, render


@publication.get("/public/")
@public
def show_public_home() -> Response:
    return render("publication/public_home.html", latest=queries.latest_public(), categories=ResultCategory)


@publication.get("/public/results")
@public
def show_results() -> Response:
    filters = forms.public_filters(request.args)
    return render("publication/public_results.html", page=queries.public_results(filters, page_number()), filters=filters,
                  categories=ResultCategory, marks=ObjectionMark, divisions=accounts.divisions())


@publication.get("/public/results/<uuid:result_id>")
@public
def show_result(result_id: UUID) -> Response:
    versions, measures = queries.public_result(result_id)
    return render("publication/public_result.html", result=versions[0], versions=versions, measures=measures,
                  confirmation=queries.confirmation(result_id),
                  categories=ResultCategory, marks=ObjectionMark, states=ResultState)
