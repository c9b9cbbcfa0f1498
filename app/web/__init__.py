"""The hall: home, the dossier of a twinning, search, navigation, error pages."""
