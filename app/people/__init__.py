"""Persons, as they are named on both sides of a twinning; no account is needed to be one."""
