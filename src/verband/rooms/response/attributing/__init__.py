"""Decisions of attribution on the political and public level (R033), and notes about the threshold (R039)."""
