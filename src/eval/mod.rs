//! Scores: what `pressmark eval` prints.
