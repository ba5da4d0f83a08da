//! First lines that sum the text up in a sentence with a full stop: "Judge rejects request to unseal court file.",
//! "Ferry Sinks Off Kisumu, Police Say."

/// A line in the grammar of headlines is no longer than this, in bytes.
const LONGEST_TERSE: usize = 80;
/// A line with the form of a headline is no longer than this.
const LONGEST_TITLE: usize = 120;
/// A line that the next one says again is no longer than this.
const LONGEST_TOLD_AGAIN: usize = 170;
/// The paragraph under a terse line is at least this long.
const SHORTEST_PARAGRAPH: usize = 100;
/// So much of the next line is compared.
const MOST_COMPARED: usize = 600;

/// Words that stand in lower case between the capitals of a title.
const SMALL: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "if", "in", "into", "is", "it", "its", "nor", "not",
    "of", "off", "on", "or", "out", "over", "than", "the", "this", "to", "up", "vs", "with",
];

/// Verbs and pronouns that a headline leaves out or avoids.
const OF_SENTENCES: &[&str] = &[
    "am", "are", "be", "been", "can", "could", "did", "do", "does", "had", "has", "have", "he", "i", "i'm", "is", "it",
    "it's", "may", "me", "might", "must", "my", "our", "she", "should", "that", "that's", "there", "these", "they",
    "this", "those", "us", "was", "we", "were", "will", "would", "you", "your",
];

/// Verbs of short sentences: "Nobody came."
const PASTS: &[&str] = &[
    "came", "comes", "fell", "found", "gave", "get", "gets", "go", "goes", "got", "grew", "know", "knows", "left",
    "lost", "made", "makes", "need", "needs", "paid", "ran", "rose", "saw", "sold", "spoke", "stood", "take", "takes",
    "think", "thinks", "told", "took", "want", "wants", "went", "won", "works",
];

/// Words that tell nothing of what a line is about, besides those.
const EMPTY: &[&str] = &[
    "about", "after", "against", "also", "before", "during", "every", "her", "his", "how", "more", "most", "said",
    "say", "says", "their", "under", "what", "when", "where", "which", "who", "whom", "why",
];

/// Whether a first line of one sentence with a full stop sums up the text that goes on with `next`.
pub(super) fn sums_up(line: &str, next: &str) -> bool {
    if !is_one_sentence(line) || words(line).nth(2).is_none() {
        return false;
    }
    line.len() <= LONGEST_TITLE && (is_title(line) || is_terse(line) && next.len() >= SHORTEST_PARAGRAPH)
        || is_labelled(line)
        || line.len() <= LONGEST_TOLD_AGAIN && is_told_again(line, next)
}

/// Whether the second line of a page goes on with what the first sums up, above the long paragraph `next`.
pub(super) fn sums_up_more(line: &str, next: &str) -> bool {
    line.len() <= LONGEST_TERSE
        && next.len() >= (2 * line.len()).max(SHORTEST_PARAGRAPH)
        && is_one_sentence(line)
        && words(line).nth(2).is_some()
        && !words(line)
            .any(|word| matches!(lower(word).as_str(), "i" | "i'm" | "me" | "my" | "our" | "we" | "you" | "your"))
        && !matches!(
            lower(words(line).next().unwrap_or_default()).as_str(),
            "a" | "an" | "and" | "but" | "he" | "it" | "it's" | "she" | "that" | "there" | "they" | "this"
        )
}

/// "GARLAND STEPS ASIDE.": capitals alone, of more than one word.
pub(super) fn is_shouted(line: &str) -> bool {
    let is_capital = |word: &str| word.chars().filter(|c| c.is_uppercase()).nth(2).is_some();
    !line.contains(char::is_lowercase) && words(line).filter(|word| is_capital(word)).nth(1).is_some()
}

/// "Two-front war.", "A reclamation plan.": a few words, none a pronoun or a verb's plain form, not all of them names.
pub(super) fn is_without_verb(line: &str) -> bool {
    let mut low = 0;
    for (at, word) in words(line).enumerate() {
        let bare = lower(word);
        let is_of_verb =
            OF_SENTENCES.contains(&bare.as_str()) || EMPTY.contains(&bare.as_str()) || bare.contains("n't");
        let is_past = at > 0 && bare.ends_with("ed");
        if at > 4
            || is_of_verb
            || is_past
            || PASTS.contains(&bare.as_str())
            || word.contains(|c: char| c.is_ascii_digit())
        {
            return false;
        }
        low += usize::from(word.starts_with(char::is_lowercase));
    }
    line.starts_with(char::is_uppercase) && low > 0 && words(line).nth(1).is_some() && is_one_sentence(line)
}

/// The words of a line without the signs around them.
fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '$'))
        .filter(|word| !word.is_empty())
}

fn lower(word: &str) -> String {
    word.to_lowercase().replace('’', "'")
}

/// Whether no sentence ends before the line does. "U.S. ", "Gov. " and "J. " end none.
pub(super) fn is_one_sentence(line: &str) -> bool {
    let mut words = line.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_end_matches(super::CLOSING);
        if words.peek().is_none() || !bare.ends_with(['.', '!', '?', '…']) {
            continue;
        }
        let stem = bare.trim_end_matches('.');
        if stem.len() == bare.len()
            || stem.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()) && !stem.contains('.')
            || stem.chars().count() > 4
        {
            return false;
        }
    }
    true
}

/// "Judge Rejects Request to Unseal File.": a capital on every word that is not small.
fn is_title(line: &str) -> bool {
    let (mut capitals, mut small) = (0, 0);
    for word in words(line) {
        if word.starts_with(char::is_uppercase) {
            capitals += 1;
        } else if SMALL.contains(&word) {
            // "Oslo is a City of Norway."
            if matches!(word, "is" | "it" | "this") {
                return false;
            }
            small += 1;
        } else if word.starts_with(char::is_lowercase) {
            return false;
        }
    }
    capitals >= 4 && capitals > small
}

/// "Charlotte returns to normal after storm.": no article, bracket or pronoun, none of the verbs that a
/// headline leaves out.
fn is_terse(line: &str) -> bool {
    line.len() <= LONGEST_TERSE
        && !line.contains('(')
        && words(line).nth(3).is_some()
        && words(line).all(|word| {
            let low = lower(word);
            !matches!(low.as_str(), "a" | "an" | "the") && !OF_SENTENCES.contains(&low.as_str())
        })
}

/// "Holm: Ferry needs a second captain."; not "She added: we were lucky." nor "Ida Holm (born: 1990) sings."
fn is_labelled(line: &str) -> bool {
    let Some((label, rest)) = line.split_once(": ") else { return false };
    let last = label.split_whitespace().next_back().unwrap_or_default();
    label.starts_with(char::is_uppercase)
        && label.len() <= 40
        && label.split_whitespace().count() <= 4
        && !label.contains(['(', '@', '#'])
        && !last.ends_with("ed")
        && !matches!(last, "said" | "says" | "writes" | "wrote" | "reads" | "read" | "caption" | "is" | "this" | "was")
        && rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '‘' | '\'' | '$'))
        && words(rest).nth(2).is_some()
        // "Harbour: The Last Ferry is a film of 2031" tells what a title names.
        && !words(rest).any(|word| matches!(word, "is" | "was"))
}

/// "Judge rejects request to unseal file.", where the next line begins "A judge in Oslo has rejected a request by …": it is
/// longer and has most of the words again, nearly all where the line tells what something "is": a text that defines a thing
/// goes on with some of its words.
fn is_told_again(line: &str, next: &str) -> bool {
    if next.len() * 5 < line.len() * 6 {
        return false;
    }
    let is_of_being = words(line).any(|word| matches!(word, "are" | "is" | "was" | "were" | "will"));
    let (fewest, of_five) = if is_of_being { (4, 4) } else { (3, 3) };
    let mut bound = next.len().min(MOST_COMPARED);
    while !next.is_char_boundary(bound) {
        bound -= 1;
    }
    let again: Vec<String> = words(&next[..bound]).map(stem).collect();
    let (mut told, mut all) = (0, 0);
    for word in words(line) {
        let low = lower(word);
        if SMALL.contains(&low.as_str()) || OF_SENTENCES.contains(&low.as_str()) || EMPTY.contains(&low.as_str()) {
            continue;
        }
        all += 1;
        told += usize::from(again.contains(&stem(word)));
    }
    told >= fewest && told * 5 >= all * of_five
}

/// What is the same in "rejects", "rejected" and "rejecting", "Ohio" and "Ohio’s".
fn stem(word: &str) -> String {
    let low = lower(word);
    let mut stem = low.strip_suffix("'s").or_else(|| low.strip_suffix('\'')).unwrap_or(&low);
    for suffix in ["ing", "ies", "ed", "es", "s", "d", "e", "y"] {
        if let Some(rest) = stem.strip_suffix(suffix).filter(|rest| rest.len() >= 3) {
            stem = rest;
            break;
        }
    }
    // "suicide" and "suicidal"
    stem.chars().take(6).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAGRAPH: &str =
        "The last ferry of the lake left its berth on Friday evening with nobody but a captain and two goats on board.";

    #[test]
    fn titles_with_a_full_stop() {
        for line in [
            "Ferry Owners Fear Another Winter, Former Captain Says.",
            "Captain Calls Harbour Board ‘A Disgrace’ Over Sinking.",
            "Holm: Ferry needs ‘a second captain’ by spring.",
            "Kisumu school case: Holm and her aide were held after raids.",
            "Mixed messages on ferry fares.",
            "Kisumu returns to normal after storm.",
        ] {
            assert!(sums_up(line, PARAGRAPH), "{line}");
        }
    }

    #[test]
    fn lines_that_the_next_one_tells_again() {
        let next = "A judge in Bergen has rejected a request by three newspapers to open the file on the captain’s divorce, which has been closed for nine years.";
        assert!(sums_up("The judge rejects a request to open the captain's divorce file.", next));
        assert!(!sums_up("The captain had a dog that was called Bilbo.", next));
        assert!(!sums_up("The captain was a judge in Bergen and a dancer in Oslo.", next));
    }

    #[test]
    fn first_sentences_of_a_text() {
        for line in [
            "The mayor resigned on Monday after nine years.",
            "It was a cold night in Bergen.",
            "Bergen is a city on the coast of Norway.",
            "Harbour: The Last Ferry is a film of 2031 by Ida Holm.",
            "Ida Holm (born: 1990) sings in Bergen with her brother.",
            "She added: everybody on the ferry had been lucky.",
            "Nobody came. The ferry left.",
            "Good boat.",
        ] {
            assert!(!sums_up(line, PARAGRAPH), "{line}");
        }
    }

    #[test]
    fn sentences_end_behind_words_and_not_behind_abbreviations() {
        assert!(is_one_sentence("The U.S. and Sen. J. Holm met at 9 a.m. in Oslo."));
        assert!(!is_one_sentence("The ferry left. Nobody came."));
        assert!(!is_one_sentence("Who came? Nobody."));
    }

    #[test]
    fn second_lines() {
        let next = PARAGRAPH.repeat(2);
        assert!(sums_up_more("Council denounces test; others vow consequences.", &next));
        assert!(!sums_up_more("Mr. Holm, I have a deal for you.", &next));
        assert!(!sums_up_more("Council denounces test; others vow consequences.", "Short."));
    }
}
