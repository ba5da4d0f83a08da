//! The native binary: `annotate`, `eval`, `train`.
fn main() {}
