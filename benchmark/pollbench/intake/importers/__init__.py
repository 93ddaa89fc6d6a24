"""One importer a file; the file alone decides what it recognises, refuses and guesses."""
