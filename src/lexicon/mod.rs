//! What is known beforehand: gazetteers, titles, demonyms, cue verbs.
