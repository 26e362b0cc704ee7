"""Means against measures: which means have a measure, where are holes, overlaps and conflicts."""
