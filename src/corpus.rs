//! The strict reader of the corpus format (`corpus/GUIDELINES.md`).
