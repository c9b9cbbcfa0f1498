"""What changes accounts, roles and sign-ins; one use case a file."""
