"""The people of a committee: members, households, dues, consents, host families, travellers."""
