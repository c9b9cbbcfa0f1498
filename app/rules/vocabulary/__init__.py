"""The words in which a project's facts are told: scalars by path, lists of elements, and their codes."""
