"""The register of measures as something that people work in: steps, effect, terms, aim, parts, means, conflicts."""
