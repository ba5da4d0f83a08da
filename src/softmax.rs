//! Scores to probabilities.

/// Turns scores into probabilities, in place.
pub fn normalise(scores: &mut [f32]) {
    // In wasm the standard library's maximum of floats is a call.
    let largest = scores.iter().copied().fold(f32::NEG_INFINITY, |one, other| if other > one { other } else { one });
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        // The exponential of 0 is 1, and there is one in each decision.
        *score = if *score == largest { 1.0 } else { libm::expf(*score - largest) };
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_sum_to_one() {
        let mut scores = [1.0, 2.0, -3.0];
        normalise(&mut scores);
        assert!((scores.iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }
}
