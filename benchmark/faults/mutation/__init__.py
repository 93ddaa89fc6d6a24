"""What is changed in the code, and how a warm process finds out whether a test notices."""
