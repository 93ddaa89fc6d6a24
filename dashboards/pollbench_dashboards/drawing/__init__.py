"""What a chart is and is made of: theme, marks, captions, brackets, specification."""
