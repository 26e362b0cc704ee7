"""Promises kept visible: terms as stated, what is known later, and the progress letter with its contributions."""
