//! Lists that grow without being moved: where a long one has to, there is room for it twice and half of it again, for a while.

/// A list in chunks of [`CHUNK`] items.
pub struct Chunks<T> {
    /// All are full but the last.
    chunks: Vec<Vec<T>>,
}

const CHUNK: usize = 1024;

impl<T> Default for Chunks<T> {
    fn default() -> Chunks<T> {
        Chunks { chunks: Vec::new() }
    }
}

impl<T> Chunks<T> {
    /// How many items there are.
    pub fn len(&self) -> usize {
        self.chunks.last().map_or(0, |last| CHUNK * (self.chunks.len() - 1) + last.len())
    }

    /// Adds an item.
    #[inline(never)]
    pub fn push(&mut self, item: T) {
        match self.chunks.last_mut() {
            Some(last) if last.len() < CHUNK => last.push(item),
            // A short list takes no more room than it needs.
            last => {
                let room = if last.is_some() { CHUNK } else { CHUNK / 32 };
                let mut chunk = Vec::with_capacity(room);
                chunk.push(item);
                self.chunks.push(chunk);
            }
        }
    }

    /// The item at a place.
    pub fn at(&self, index: usize) -> &T {
        &self.chunks[index / CHUNK][index % CHUNK]
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> + Clone {
        self.chunks.iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_found_at_their_places() {
        let mut list = Chunks::default();
        for item in 0..2 * CHUNK + 1 {
            assert_eq!(list.len(), item);
            list.push(item);
        }
        assert!(list.iter().copied().eq(0..list.len()));
        assert!((0..list.len()).all(|at| *list.at(at) == at));
    }
}
