#![no_main]

#[path = "../../tests/promises/mod.rs"]
mod promises;
#[allow(dead_code)]
#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::analyze(bytes));
