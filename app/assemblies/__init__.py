"""Assemblies and board meetings of an association: convened, held, voted and written down by its statutes."""
