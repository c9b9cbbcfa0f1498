"""What tests of several rooms share: outside programs, a PostgreSQL server, a served instance."""
