"""Programmes of ceremonies, and the calendars that people subscribe to."""
