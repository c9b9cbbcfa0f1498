"""The text in two languages: articles by identifier, blanks, numbering, alignment, seal."""
