//! Set-up and checks: `cargo xtask serve`, `cargo xtask test`.
fn main() {}
