"""What every room needs and no room owns: the clock, errors, fuzzy dates, actors. Under 800 lines."""
