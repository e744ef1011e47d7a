"""The entity's own phone: the link offered by an inspector, opened once, then the notice and the records."""
