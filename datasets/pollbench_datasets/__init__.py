"""The data of PollBench: one folder an election, what they share, and the schema and checks as SQL."""
