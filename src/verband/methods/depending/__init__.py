"""What fails when this fails, and where supply concentrates."""
