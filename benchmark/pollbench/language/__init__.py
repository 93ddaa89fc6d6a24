"""Texts, numbers, days and typography of a locale."""
