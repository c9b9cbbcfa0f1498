"""``flask backup`` and ``flask restore``: one installation as one archive, on either database.

The archive is a zip: ``manifest.json`` (what it is, the schema's revision, rows and checksums), one
``tables/<name>.jsonl`` for each table and ``files/…`` as they were uploaded. It holds values, not pages of
a database file, so that what SQLite saved can be restored into PostgreSQL and the other way round.
Settings and the secret key are not in it: they belong to the machine.
"""
