"""The pages of visits, one file for each thing."""

from fieldapp.visits.routes import arranging, credentials, external, merges, papers, recusals, team
from fieldapp.visits.routes.visits import visits

__all__ = ["arranging", "credentials", "external", "merges", "papers", "recusals", "team", "visits"]
