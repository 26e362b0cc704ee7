from .table import Incidents, Pairs, all_pairs
