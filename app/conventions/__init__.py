"""Oaths, charters, pacts and conventions: written in two languages, versioned, printed, signed."""
