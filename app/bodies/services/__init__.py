"""The verbs of bodies, by use case: ``records``, ``mandates``, ``renewal``, ``federation``."""
