"""Verband: the open workbench of the Dutch approach to state threats."""

__version__ = "0.1.0"
