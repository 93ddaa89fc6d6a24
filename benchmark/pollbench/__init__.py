"""PollBench: polls, buzz, markets and models against what voters then did."""

__version__ = "0.1.0"
