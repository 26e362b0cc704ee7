"""The front door of promises kept visible: the tracker, what is known later, and the progress letter."""

from __future__ import annotations

from verband.rooms.measures.progress import content, knowing, letters, terms, tracker

CHANGES = content.CHANGES
STATES = knowing.STATES
STEPS = letters.STEPS
Change = content.Change
Content = content.Content
Entry = content.Entry
LetterView = letters.LetterView
Later = knowing.Later
Said = content.Said
Term = terms.Term
Tracked = tracker.Tracked
contribute = letters.contribute
counts = tracker.counts
current = letters.current
entry_of = content.entry_of
keep_later = knowing.keep
letter = letters.letter
load_later = knowing.load
letters_of = letters.letters
move_letter = letters.move
open_letter = letters.open_letter
read_term = terms.read
take_back_contribution = letters.take_back
tracked = tracker.tracked
unwritten = letters.unwritten
withdraw_later = knowing.withdraw
withdraw_letter = letters.withdraw
