"""The demonstration and the national data set, written through the services."""
