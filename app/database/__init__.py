"""The mapped base, column types, connection settings and the unit of work."""
