"""The mistakes of a careful clerk: each kind changes the rows of one shipped election at one random row."""
