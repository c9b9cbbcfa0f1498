"""« Tout exporter »: what a body owns and shares, as one documented archive that an empty installation imports.

The archive is a ZIP: ``manifeste.json`` (format, counts, SHA-256 of every file), one JSON-lines file per
table under ``donnees/``, the uploaded files under ``fichiers/``, ``LISEZMOI.txt`` and a page to read.
Identifiers are kept, except of what another installation has too (places, kinds of twinning, accounts):
those are named by their own key. Secrets never leave: passwords, codes, tokens, addresses of feeds.
"""
