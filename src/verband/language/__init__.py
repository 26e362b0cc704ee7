"""The shared words: ids, times, markings, catalogues, errors and the record that every format yields."""
