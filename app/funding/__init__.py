"""Funding programmes as people see them: the facts of a project, the answer of each programme, its dates."""
