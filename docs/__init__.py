"""The documentation: guides, concepts and decisions by hand, the reference from the code."""
