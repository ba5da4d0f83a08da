//! How lines begin and end: lists of beginnings, of which a line is compared with few.

/// How lines begin, in lower case; those with the same first byte one after the other, so that few are looked at.
pub(super) struct Starts {
    starts: &'static [&'static str],
    /// For each first byte, where those with it begin and end.
    with: [(u8, u8); 256],
}

impl Starts {
    /// Of strings in lower case.
    pub(super) const fn new(starts: &'static [&'static str]) -> Starts {
        let mut with = [(0, 0); 256];
        let mut at = 0;
        while at < starts.len() {
            let (begin, end) = &mut with[starts[at].as_bytes()[0] as usize];
            assert!(*end == 0 || *end as usize == at, "starts are grouped by their first byte");
            if *end == 0 {
                *begin = at as u8;
            }
            at += 1;
            *end = at as u8;
        }
        Starts { starts, with }
    }

    /// What follows in a line after each of them with which it begins, in any case.
    pub(super) fn rests<'l>(&self, line: &'l str) -> impl Iterator<Item = &'l str> {
        let bytes = line.as_bytes();
        let (begin, end) = bytes.first().map_or((0, 0), |first| self.with[usize::from(first.to_ascii_lowercase())]);
        let second = bytes.get(1).map_or(0, u8::to_ascii_lowercase);
        let starts: &'static [&'static str] = &self.starts[usize::from(begin)..usize::from(end)];
        starts.iter().filter(move |start| start.as_bytes().get(1).is_none_or(|&byte| byte == second)).filter_map(
            move |start| {
                bytes.get(..start.len()).filter(|head| head.eq_ignore_ascii_case(start.as_bytes()))?;
                Some(&line[start.len()..])
            },
        )
    }

    /// Whether a line begins with one of them, in any case.
    pub(super) fn begin(&self, line: &str) -> bool {
        self.rests(line).next().is_some()
    }
}

/// What follows in a line after `start`, in any case, where it begins with that.
pub(super) fn after<'l>(line: &'l str, start: &str) -> Option<&'l str> {
    line.get(..start.len()).filter(|head| head.eq_ignore_ascii_case(start))?;
    Some(&line[start.len()..])
}

/// Whether a word before `rest` ends there.
pub(super) fn ends_word(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
}

/// A line without any number of `prefix` before it. The standard library's way has tables to make first.
pub(super) fn without_prefix<'l>(mut line: &'l str, prefix: &str) -> &'l str {
    while let Some(rest) = line.strip_prefix(prefix) {
        line = rest;
    }
    line
}

/// A line without any number of `suffix` behind it.
pub(super) fn without_suffix<'l>(mut line: &'l str, suffix: &str) -> &'l str {
    while let Some(rest) = line.strip_suffix(suffix) {
        line = rest;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_begin_in_any_case() {
        static STARTS: Starts = Starts::new(&["read more", "read", "©", "©©"]);
        let rests = |line| STARTS.rests(line).collect::<Vec<_>>();
        assert_eq!(rests("READ MORE: x"), [": x", " MORE: x"]);
        assert_eq!(rests("© x"), [" x"]);
        assert_eq!(rests("©©"), ["©", ""]);
        assert_eq!(rests("re"), [""; 0]);
        assert_eq!(rests(""), [""; 0]);
        assert!(STARTS.begin("Reader") && !STARTS.begin("a read"));
    }

    #[test]
    fn what_follows_a_word() {
        assert_eq!(after("By Jane", "by "), Some("Jane"));
        assert_eq!(after("B", "by "), None);
        assert_eq!(after("é", "a"), None);
        assert!(ends_word("") && ends_word(": x") && ends_word("é") && !ends_word("s") && !ends_word("_"));
        assert_eq!(without_prefix("<br><br> x", "<br>"), " x");
        assert_eq!(without_suffix("x<br><br>", "<br>"), "x");
    }
}
