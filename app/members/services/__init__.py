"""Writing members, dues, consents and stays."""
