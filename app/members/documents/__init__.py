"""What a committee prints about its people: receipts, letters, lists, registers."""
