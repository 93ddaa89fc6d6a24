"""Words, names, numbers and typography of a locale."""
