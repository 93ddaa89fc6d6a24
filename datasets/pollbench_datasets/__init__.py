"""The data of PollBench: one folder an election, the sources and forecasters they share, schema and checks as SQL."""
