"""The writers: PDF, calendar, word processor and spreadsheet files. They take values and return bytes."""
