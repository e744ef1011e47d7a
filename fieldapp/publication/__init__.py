"""Publication: results on the public pages and for the publicity system."""
