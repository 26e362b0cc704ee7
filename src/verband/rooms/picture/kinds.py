"""Kinds of record that tell of something that happened."""

#: By or against somebody: these are listed and counted.
HAPPENED = ("incident", "disclosure")
#: These and what belongs to their context (a response to one, an event of the wider theme), shown when asked for.
EVENTS = (*HAPPENED, "response", "event")
