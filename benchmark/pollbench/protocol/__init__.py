"""The sealed protocol of an election that is still open: frozen rules, submissions, seals, receipts."""
