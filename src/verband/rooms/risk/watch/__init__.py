"""What is watched: resilience, adequacy, trends, indicators, moments, pictures, scope tests and phenomena."""
