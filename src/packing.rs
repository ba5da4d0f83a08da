//! A stream of bytes in as few bits as they are worth (rANS): each by the table of its context, which tells how often what comes.
//!
//! What is packed here does not get smaller by a compressor any more. Reading takes a few nanoseconds a byte; whatever the data
//! is, it ends, and data that was not written here gives none or other bytes, never more than were asked for.

/// So many things are read by one call of a function. Browsers run a loop of many rounds as they first compiled it, to its end,
/// but a function that is called often in a faster form from some call on.
pub const AT_A_TIME: usize = 16;

/// Frequencies add up to this: few enough that a table of what stands at each place is soon made and stays in the cache.
const TOTAL: u32 = 1 << PRECISION;
const PRECISION: u32 = 10;
/// The state is kept above this, two bytes at a time: half of its bits, so that no symbol takes more than one such step.
const LOWEST: u32 = 1 << 16;

/// What stands at a place below [`TOTAL`]: in the lowest bits a symbol, then how far behind the first place of that symbol this
/// one is, then how many places it has.
#[derive(Clone, Copy)]
struct Slot(u32);

impl Slot {
    /// One of so many places of a symbol.
    fn new(symbol: u8, offset: u32, share: u32) -> Slot {
        Slot(u32::from(symbol) | offset << 8 | share << (8 + PRECISION))
    }

    fn symbol(self) -> u8 {
        self.0 as u8
    }

    fn offset(self) -> u32 {
        (self.0 >> 8) % TOTAL
    }

    fn share(self) -> u32 {
        self.0 >> (8 + PRECISION)
    }
}

/// What is to be found in each context.
#[derive(Default)]
pub struct Tables(Vec<Slot>);

impl Tables {
    /// Reads the tables of so many contexts, and gives what follows them. None for bytes that [`write`] did not make.
    pub fn read(bytes: &[u8], contexts: usize) -> Option<(Tables, &[u8])> {
        // Nothing was written in a context without symbols: there is nothing to be found.
        let mut slots = vec![Slot(0); contexts << PRECISION];
        let mut rest = bytes;
        for table in slots.chunks_exact_mut(TOTAL as usize) {
            rest = read_table(rest, table)?;
        }
        Some((Tables(slots), rest))
    }
}

/// Reads one table; what is left of the bytes.
fn read_table<'b>(bytes: &'b [u8], mut places: &mut [Slot]) -> Option<&'b [u8]> {
    let (&[count], rest) = bytes.split_first_chunk::<1>()?;
    let (symbols, rest) = rest.split_at_checked(usize::from(count))?;
    let (shares, rest) = rest.split_at_checked(2 * usize::from(count))?;
    for (&symbol, share) in symbols.iter().zip(shares.as_chunks().0) {
        let share = u16::from_le_bytes(*share);
        let own;
        (own, places) = places.split_at_mut_checked(usize::from(share))?;
        fill(own, Slot::new(symbol, 0, u32::from(share)));
    }
    (count == 0 || places.is_empty()).then_some(rest)
}

/// Fills the places of a symbol, of which the first is given.
#[inline(never)]
fn fill(places: &mut [Slot], first: Slot) {
    let mut next = first;
    for place in places {
        *place = next;
        next.0 += Slot::new(0, 1, 0).0;
    }
}

/// A stream that is being read. Whoever reads much does it by a copy, which the compiler keeps in registers.
#[derive(Clone, Copy)]
pub struct Reader<'b> {
    /// [`TOTAL`] for each context.
    slots: &'b [Slot],
    words: &'b [[u8; 2]],
    state: u32,
}

impl<'b> Reader<'b> {
    /// Begins with a stream. None for bytes that [`write`] did not make.
    pub fn new(tables: &'b Tables, stream: &'b [u8]) -> Option<Reader<'b>> {
        let (state, rest) = stream.split_first_chunk()?;
        let (words, []) = rest.as_chunks() else { return None };
        Some(Reader { slots: &tables.0, words, state: u32::from_le_bytes(*state) })
    }

    /// The next byte, which was written in this context. None where the stream has ended or is broken.
    #[inline(always)]
    pub fn next(&mut self, context: usize) -> Option<u8> {
        let slot = *self.slots.get(context << PRECISION | (self.state % TOTAL) as usize)?;
        self.state = slot.share() * (self.state >> PRECISION) + slot.offset();
        if self.state < LOWEST {
            let (word, rest) = self.words.split_first()?;
            self.state = self.state << 16 | u32::from(u16::from_le_bytes(*word));
            self.words = rest;
        }
        Some(slot.symbol())
    }

    /// True when all was read that was written. The writer began with this state: whatever changed on the way does not end there.
    pub fn is_at_end(&self) -> bool {
        self.state == LOWEST && self.words.is_empty()
    }
}

/// A byte with its part of [`TOTAL`], which is as large as it is frequent.
#[cfg(any(test, feature = "cli"))]
struct Symbol {
    start: u16,
    share: u16,
    value: u8,
}

/// The bytes of a message, whose symbols have the numbers of their contexts before them; for [`Reader`].
#[cfg(any(test, feature = "cli"))]
pub fn write(contexts: usize, message: &[(usize, u8)]) -> Vec<u8> {
    let writer = Writer::of(contexts, message);
    [writer.tables(), writer.stream(message)].concat()
}

/// Writes messages that share their tables.
#[cfg(any(test, feature = "cli"))]
pub struct Writer(Vec<Vec<Symbol>>);

#[cfg(any(test, feature = "cli"))]
impl Writer {
    /// For all messages, one after the other.
    pub fn of(contexts: usize, messages: &[(usize, u8)]) -> Writer {
        let mut counts = vec![[0u32; 256]; contexts];
        messages.iter().for_each(|&(context, symbol)| counts[context][usize::from(symbol)] += 1);
        Writer(counts.iter().map(shares).collect())
    }

    /// The bytes that [`Tables`] are read from.
    pub fn tables(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for symbols in &self.0 {
            bytes.push(symbols.len() as u8);
            bytes.extend(symbols.iter().map(|symbol| symbol.value));
            bytes.extend(symbols.iter().flat_map(|symbol| symbol.share.to_le_bytes()));
        }
        bytes
    }

    /// The bytes that a [`Reader`] begins with, for one of the messages.
    pub fn stream(&self, message: &[(usize, u8)]) -> Vec<u8> {
        // What is read first is written last.
        let mut state = LOWEST;
        let mut stream = Vec::new();
        for &(context, symbol) in message.iter().rev() {
            let known = self.0[context].iter().find(|known| known.value == symbol);
            let &Symbol { start, share, .. } = known.expect("each symbol was counted");
            let (start, share) = (u32::from(start), u32::from(share));
            if u64::from(state) >= u64::from(LOWEST >> PRECISION << 16) * u64::from(share) {
                stream.push((state as u16).to_le_bytes());
                state >>= 16;
            }
            state = ((state / share) << PRECISION) + state % share + start;
        }
        let mut bytes = state.to_le_bytes().to_vec();
        bytes.extend(stream.iter().rev().flatten());
        bytes
    }
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
        let symbol = Symbol { start, share: share as u16, value };
        start += symbol.share;
        symbol
    });
    symbols.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8], contexts: &[usize]) -> Option<Vec<u8>> {
        let (tables, stream) = Tables::read(bytes, 3)?;
        let mut reader = Reader::new(&tables, stream)?;
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
