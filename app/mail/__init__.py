"""The outbox, written in the same transaction as the fact it tells, and the worker that empties it."""
