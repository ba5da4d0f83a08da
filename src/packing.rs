//! A stream of bytes in as few bits as they are worth (rANS): each by the table of its context, which tells how often what comes.
//!
//! What is packed here does not get smaller by a compressor any more. Reading takes a few nanoseconds a byte; whatever the data
//! is, it ends, and data that was not written here gives none or other bytes, never more than were asked for.

/// Frequencies add up to this.
const TOTAL: u32 = 1 << PRECISION;
const PRECISION: u32 = 12;
/// The state is kept above this, byte by byte.
const LOWEST: u32 = 1 << 23;
/// Bits of a place by which the search for its symbol begins: mostly it ends there as well.
const QUICK: u32 = 6;

/// A byte with its part of [`TOTAL`], which is as large as it is frequent.
#[derive(Clone, Copy)]
struct Symbol {
    value: u8,
    start: u16,
    end: u16,
}

/// How often each symbol comes in one context.
struct Table {
    /// The number of its first symbol, the most frequent one.
    first: u32,
    /// Which of its symbols is the first that has a place with these highest bits.
    quick: [u8; 1 << QUICK],
}

/// A stream that is being read.
pub struct Reader<'b> {
    tables: Vec<Table>,
    /// Of all tables, one after the other.
    symbols: Vec<Symbol>,
    bytes: std::slice::Iter<'b, u8>,
    state: u32,
}

impl<'b> Reader<'b> {
    /// Reads the tables of so many contexts. None for bytes that [`write`] did not make.
    pub fn new(bytes: &'b [u8], contexts: usize) -> Option<Reader<'b>> {
        let mut reader =
            Reader { tables: Vec::with_capacity(contexts), symbols: Vec::new(), bytes: [].iter(), state: 0 };
        let mut rest = bytes;
        for _ in 0..contexts {
            rest = reader.read_table(rest)?;
        }
        let (state, rest) = rest.split_first_chunk()?;
        Some(Reader { bytes: rest.iter(), state: u32::from_le_bytes(*state), ..reader })
    }

    /// Reads one table; what is left of the bytes.
    fn read_table(&mut self, bytes: &'b [u8]) -> Option<&'b [u8]> {
        let (&[count], rest) = bytes.split_first_chunk::<1>()?;
        let (values, rest) = rest.split_at_checked(usize::from(count))?;
        let (frequencies, rest) = rest.split_at_checked(2 * usize::from(count))?;
        let mut table = Table { first: self.symbols.len() as u32, quick: [0; 1 << QUICK] };
        let (mut start, mut part) = (0u16, 0);
        for (number, (&value, frequency)) in (0..count).zip(values.iter().zip(frequencies.as_chunks().0)) {
            let end = start.checked_add(u16::from_le_bytes(*frequency))?;
            self.symbols.push(Symbol { value, start, end });
            start = end;
            while part < 1 << QUICK && (part as u32) << (PRECISION - QUICK) < u32::from(end) {
                table.quick[part] = number;
                part += 1;
            }
        }
        if count == 0 {
            // Nothing was written in this context: there is nothing to be found.
            table.first = u32::MAX;
        } else if u32::from(start) != TOTAL {
            return None;
        }
        self.tables.push(table);
        Some(rest)
    }

    /// The next byte, which was written in this context. None where the stream has ended or is broken.
    #[inline]
    pub fn next(&mut self, context: usize) -> Option<u8> {
        let table = self.tables.get(context)?;
        let place = self.state % TOTAL;
        let mut at = table.first as usize + usize::from(table.quick[(place >> (PRECISION - QUICK)) as usize]);
        let found = loop {
            let symbol = self.symbols.get(at)?;
            if place < u32::from(symbol.end) {
                break symbol;
            }
            at += 1;
        };
        let (start, end) = (u32::from(found.start), u32::from(found.end));
        self.state = (end - start) * (self.state >> PRECISION) + (place - start);
        while self.state < LOWEST {
            self.state = self.state << 8 | u32::from(*self.bytes.next()?);
        }
        Some(found.value)
    }

    /// True when all was read that was written. The writer began with this state: whatever changed on the way does not end there.
    pub fn is_at_end(&self) -> bool {
        self.state == LOWEST && self.bytes.len() == 0
    }
}

/// The bytes of a message, whose symbols have the numbers of their contexts before them; for [`Reader`].
#[cfg(any(test, feature = "cli"))]
pub fn write(contexts: usize, message: &[(usize, u8)]) -> Vec<u8> {
    let mut counts = vec![[0u32; 256]; contexts];
    message.iter().for_each(|&(context, symbol)| counts[context][usize::from(symbol)] += 1);
    let tables: Vec<Vec<Symbol>> = counts.iter().map(shares).collect();
    let mut bytes = Vec::new();
    for symbols in &tables {
        bytes.push(symbols.len() as u8);
        bytes.extend(symbols.iter().map(|symbol| symbol.value));
        bytes.extend(symbols.iter().flat_map(|symbol| (symbol.end - symbol.start).to_le_bytes()));
    }
    // What is read first is written last.
    let mut state = LOWEST;
    let mut stream = Vec::new();
    for &(context, symbol) in message.iter().rev() {
        let known = tables[context].iter().find(|known| known.value == symbol);
        let &Symbol { start, end, .. } = known.expect("each symbol was counted");
        let (start, frequency) = (u32::from(start), u32::from(end - start));
        while u64::from(state) >= u64::from(LOWEST >> PRECISION << 8) * u64::from(frequency) {
            stream.push(state as u8);
            state >>= 8;
        }
        state = ((state / frequency) << PRECISION) + state % frequency + start;
    }
    bytes.extend(state.to_le_bytes());
    bytes.extend(stream.iter().rev());
    bytes
}

/// Counts as parts of [`TOTAL`], none of them empty that was seen, the most frequent first; 255 of them at most.
#[cfg(any(test, feature = "cli"))]
fn shares(counts: &[u32; 256]) -> Vec<Symbol> {
    let mut seen: Vec<(u32, u8)> = (0..=255).map(|value| (counts[usize::from(value)], value)).collect();
    seen.retain(|(count, _)| *count > 0);
    seen.sort_by_key(|&(count, value)| (std::cmp::Reverse(count), value));
    let all: u64 = seen.iter().map(|(count, _)| u64::from(*count)).sum();
    let mut shares: Vec<u32> =
        seen.iter().map(|(count, _)| (u64::from(*count) * u64::from(TOTAL) / all).max(1) as u32).collect();
    // What rounding left or took goes to the most frequent ones.
    let mut sum: u32 = shares.iter().sum();
    let mut at = 0;
    while sum != TOTAL && !shares.is_empty() {
        if sum < TOTAL {
            shares[0] += TOTAL - sum;
            sum = TOTAL;
        } else if shares[at] > 1 {
            shares[at] -= 1;
            sum -= 1;
        }
        at = (at + 1) % shares.len();
    }
    let mut start = 0;
    let symbols = seen.iter().zip(shares).map(|(&(_, value), share)| {
        let symbol = Symbol { value, start, end: start + share as u16 };
        start = symbol.end;
        symbol
    });
    symbols.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8], contexts: &[usize]) -> Option<Vec<u8>> {
        let mut reader = Reader::new(bytes, 3)?;
        let read = contexts.iter().map(|&context| reader.next(context)).collect::<Option<_>>()?;
        reader.is_at_end().then_some(read)
    }

    proptest! {
        #[test]
        fn a_message_is_read_as_written(message in prop::collection::vec((0usize..3, prop_oneof![3 => 0u8..4, 1 => 0u8..255]), 0..400)) {
            let (contexts, symbols): (Vec<usize>, Vec<u8>) = message.iter().copied().unzip();
            let bytes = write(3, &message);
            prop_assert_eq!(read(&bytes, &contexts), Some(symbols));
            prop_assert_eq!(read(&bytes[..bytes.len() - 1], &contexts), None);
        }

        #[test]
        fn any_bytes_end(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            read(&bytes, &[0, 1, 2, 0, 1, 2]);
        }
    }
}
