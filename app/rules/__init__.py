"""The rule engine: funding rules read from files, a project's facts, a verdict that explains. Pure."""
