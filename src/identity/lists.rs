//! Many short lists by number, all in one vector: most have one value or none, and a vector for each would cost more than they.

/// No entry.
const NONE: u32 = u32::MAX;

/// Lists of values, by number.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Lists<T> {
    /// The first and the last entry of each list.
    ends: Vec<(u32, u32)>,
    entries: Vec<Entry<T>>,
}

#[derive(Clone, PartialEq, Debug)]
struct Entry<T> {
    value: T,
    before: u32,
    after: u32,
}

impl<T: Copy> Lists<T> {
    /// Empty ones, with room for so many.
    pub fn new(count: usize) -> Lists<T> {
        Lists { ends: vec![(NONE, NONE); count], entries: Vec::with_capacity(count) }
    }

    /// Puts a value at the end of a list.
    pub fn push(&mut self, list: usize, value: T) {
        if list >= self.ends.len() {
            self.ends.resize(list + 1, (NONE, NONE));
        }
        let number = self.entries.len() as u32;
        let (first, last) = &mut self.ends[list];
        self.entries.push(Entry { value, before: *last, after: NONE });
        match *last {
            NONE => *first = number,
            last => self.entries[last as usize].after = number,
        }
        *last = number;
    }

    /// The same where it is not the last one there.
    pub fn push_unless_last(&mut self, list: usize, value: T)
    where
        T: PartialEq,
    {
        if self.latest_of(list).next() != Some(value) {
            self.push(list, value);
        }
    }

    /// The values of a list, the first one first.
    pub fn of(&self, list: usize) -> impl Iterator<Item = T> {
        self.follow(self.ends.get(list).map_or(NONE, |(first, _)| *first), |entry| entry.after)
    }

    /// The values of a list, the last one first.
    pub fn latest_of(&self, list: usize) -> impl Iterator<Item = T> {
        self.follow(self.ends.get(list).map_or(NONE, |(_, last)| *last), |entry| entry.before)
    }

    fn follow(&self, mut next: u32, link: impl Fn(&Entry<T>) -> u32) -> impl Iterator<Item = T> {
        std::iter::from_fn(move || {
            let entry = self.entries.get(next as usize)?;
            next = link(entry);
            Some(entry.value)
        })
    }

    /// One more than the number of the last list.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True when nothing is in the list.
    pub fn is_empty(&self, list: usize) -> bool {
        self.ends.get(list).is_none_or(|(first, _)| *first == NONE)
    }

    /// Empties a list.
    pub fn clear(&mut self, list: usize) {
        if let Some(ends) = self.ends.get_mut(list) {
            *ends = (NONE, NONE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_keeps_its_own_values_in_order() {
        let mut lists = Lists::new(1);
        for value in 0..6 {
            lists.push(value % 2 * 5, value);
        }
        assert_eq!(lists.of(0).collect::<Vec<_>>(), [0, 2, 4]);
        assert_eq!(lists.latest_of(5).collect::<Vec<_>>(), [5, 3, 1]);
        assert!(lists.is_empty(3) && lists.is_empty(9) && !lists.is_empty(0));
        lists.clear(5);
        lists.push(5, 7);
        assert_eq!(lists.of(5).collect::<Vec<_>>(), [7]);
    }
}
