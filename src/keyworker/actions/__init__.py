"""What a person may do or see: permission, purpose, one transaction, access log."""
