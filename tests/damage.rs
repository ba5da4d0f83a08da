//! Binary data that is cut short, flipped or of another version: refused, or read to a defined result.
#![cfg(feature = "cli")]

use pressmark::lexicon::{Lexicon, Reading};
use pressmark::quote::scorer::{self, Weights};
use pressmark::text::Text;
use pressmark::{identity, ner, quote};
use std::path::Path;

const TEXT: &str = "Ferry sinks off Kisumu\n\n“We will rebuild,” Mayor Ana Ruiz (UN) said in New Zealand on Tuesday. She thanked the Red Cross for $3 million.";

fn data(file: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(file)).expect("the file is part of the build")
}

/// Lengths at which a file may be cut: every one in the header, and some of the rest.
fn cuts(length: usize) -> impl Iterator<Item = usize> {
    (0..80).chain((80..length).step_by(length / 40 + 1)).chain([length - 1])
}

/// Single flipped bits: everywhere in the header, and here and there in the rest.
fn flips(length: usize) -> impl Iterator<Item = (usize, u8)> {
    let header = (0..64).flat_map(|at| [1u8, 0x10, 0x80].map(|bit| (at, bit)));
    header.chain((64..length).step_by(length / 60 + 1).enumerate().map(|(index, at)| (at, 1 << (index % 8))))
}

#[test]
fn a_lexicon_that_was_changed_anywhere_is_no_lexicon() {
    let data = data("lexicon/lexicon.bin");
    assert!(Lexicon::verify(&data).is_ok());
    for length in cuts(data.len()) {
        assert!(Lexicon::verify(&data[..length]).is_err(), "cut at {length}");
    }
    let mut damaged = data.clone();
    for (at, bit) in flips(data.len()) {
        damaged[at] ^= bit;
        // The reserved bytes of the header mean nothing, but they are under the checksum as well.
        assert!(Lexicon::verify(&damaged).is_err(), "bit {bit} of byte {at}");
        damaged[at] ^= bit;
    }
}

#[test]
fn a_model_that_was_cut_or_changed_is_refused_and_other_numbers_in_its_header_still_give_mentions() {
    let data = data("ner/model.bin");
    let text = Text::read(TEXT);
    let reading = Reading::of(&text);
    assert!(!ner::recognise_by(&data, &text, &reading).expect("the built-in model is one").is_empty());
    for length in cuts(data.len()) {
        assert!(ner::recognise_by(&data[..length], &text, &reading).is_none(), "cut at {length}");
    }
    let mut damaged = data.clone();
    let mut refused = 0;
    for (at, bit) in flips(data.len()) {
        damaged[at] ^= bit;
        match ner::recognise_by(&damaged, &text, &reading) {
            None => refused += 1,
            Some(mentions) => {
                assert!(at < 64, "bit {bit} of byte {at}: all content is under the checksum");
                assert!(
                    mentions.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start),
                    "bit {bit} of byte {at}"
                );
                assert!(mentions.iter().all(|mention| (0.0..=1.0).contains(&mention.confidence)));
            }
        }
        damaged[at] ^= bit;
    }
    // Magic, version, number of features and checksum.
    assert!(refused >= 3 * 24, "{refused} refused");
}

#[test]
fn a_model_of_nothing_but_noise_is_refused() {
    let mut data = data("ner/model.bin");
    let notes = u32::from_le_bytes(data[36..40].try_into().unwrap()) as usize;
    data[64 + notes..].fill(0x55);
    let text = Text::read(TEXT);
    assert!(ner::recognise_by(&data, &text, &Reading::of(&text)).is_none());
}

#[test]
fn a_model_of_another_version_is_refused() {
    let text = Text::read(TEXT);
    let reading = Reading::of(&text);
    let mut model = data("ner/model.bin");
    model[8] += 1;
    assert!(ner::recognise_by(&model, &text, &reading).is_none());
    let mut lexicon = data("lexicon/lexicon.bin");
    lexicon[4] += 1;
    assert_eq!(Lexicon::read(&lexicon).err(), Some(pressmark::lexicon::DataError::WrongVersion));
    let mut weights = data("quote/weights.bin");
    weights[4] += 1;
    assert!(Weights::read(&weights).is_none());
}

#[test]
fn weights_that_were_cut_are_refused_and_flipped_ones_still_give_quotes() {
    let data = data("quote/weights.bin");
    let text = Text::read(TEXT);
    let reading = Reading::of(&text);
    let identity = identity::resolve(&text, &reading, ner::recognise(&text, &reading), &[]);
    for length in cuts(data.len()) {
        assert!(Weights::read(&data[..length]).is_none(), "cut at {length}");
    }
    let mut damaged = data.clone();
    for (at, bit) in flips(data.len()) {
        damaged[at] ^= bit;
        if let Some(weights) = Weights::read(&damaged) {
            let findings = quote::find_with(&weights, &text, &reading, &identity);
            assert!(
                findings.quotes.iter().all(|quote| (0.0..=1.0).contains(&quote.confidence)),
                "bit {bit} of byte {at}"
            );
        }
        damaged[at] ^= bit;
    }
}

#[test]
fn weights_that_are_no_numbers_are_refused() {
    let mut data = data("quote/weights.bin");
    data[16..20].copy_from_slice(&f32::NAN.to_le_bytes());
    assert!(Weights::read(&data).is_none());
    let steps = scorer::weights().steps(scorer::Task::Join);
    assert!(steps.logits(steps.of(0) + steps.of((scorer::SIZE - 1) as u16)).is_finite());
}
