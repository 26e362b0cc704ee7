"""The cycle: editions of its phases, what they say, what answers it, and how they are frozen."""
