"""Who did what, when, in words; actors are values so that the journal outlives the accounts."""
