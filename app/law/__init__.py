"""The law of councils, acts, subsidies and committees: dated tables and pure functions.

A pure leaf: no Flask, no database, no clock. Every date comes in; every figure stands in ``data/*.toml`` with its
source, its validity and our confidence. ``README.md`` tells the vocabulary of ``flask law check``.
"""
