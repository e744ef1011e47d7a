"""Fieldwork: the kit on the phone, from arrival to closing."""
