"""The product's own commands, collected from the rooms."""
