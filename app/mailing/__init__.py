"""Writing to many: one letter to each address, to groups of a committee; who does not want it, who was not reached."""
