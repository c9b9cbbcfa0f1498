"""Who may do what: roles, the table of permissions and the gate; it knows no account, so that every room may use it."""
