"""Communes of France and towns abroad, searched by name whatever the accents; free entry always stays possible."""
