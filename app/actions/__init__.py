"""Projects of a twinning: what the towns want to do together, and what is known of it."""
