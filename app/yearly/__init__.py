"""The yearly papers of an association: reports, budget and accounts in summary, what its funders ask for."""
