"""The relation with a partner town: its bodies, its stages, its people, its history."""
