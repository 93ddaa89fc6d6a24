"""Forecasts through the time of a campaign: trend, house effects, herding, distance, calibration."""
