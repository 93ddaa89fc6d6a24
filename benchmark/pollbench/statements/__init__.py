"""What was announced in words or printed as a probability, against what came true."""
