"""The rule language: quantities, filters and conditions, each a closed registry, compiled once when a file is read."""
