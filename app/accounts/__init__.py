"""Accounts, roles per body, sign-in, and the gate that every request passes."""
