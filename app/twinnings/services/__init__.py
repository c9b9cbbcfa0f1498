"""The verbs of twinnings, by use case: ``dossiers``, ``timeline``, ``people``, ``kinds``, ``imports``."""
