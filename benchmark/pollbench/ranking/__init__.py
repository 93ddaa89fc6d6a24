"""The leaderboard with its readings and bounds."""
