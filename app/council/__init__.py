"""The municipal council: meetings, votes, deliberations, and the day on which they may be executed."""
