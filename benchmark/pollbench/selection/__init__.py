"""Which forecasts count under a policy, on which candidates, read how."""
