"""The annual plan: every item, with ratio, frequency and quota."""
