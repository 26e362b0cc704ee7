"""Evaluation of cases, interventions and versions of the framework, and what lessons become (R034)."""
