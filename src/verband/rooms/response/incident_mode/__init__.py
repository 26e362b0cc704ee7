"""Incident mode: coordinated intervention at a current or imminent incident, on one page (R041, R068, R118)."""
