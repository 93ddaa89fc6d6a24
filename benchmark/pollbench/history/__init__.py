"""Errors of earlier elections: the scale, the error model, the pooled boards."""
