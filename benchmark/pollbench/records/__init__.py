"""The world record: what digital, machine and market predictions of many votes came to."""
