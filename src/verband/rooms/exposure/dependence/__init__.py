"""Strategic dependencies: editions of computed indicators, the register from identified to residual, and scenarios."""
