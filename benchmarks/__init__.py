"""Benchmarks of Verband: `python -m benchmarks NAME [--json] [--quick] [--seed N]`. One module per benchmark, found by
its name.
"""
