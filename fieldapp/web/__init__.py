"""The web: who may open a page, one request = one transaction, pages and fragments, headers, refusals, limits."""
