//! What the tagger calls each token: outside, or one part of a name of one type.

use crate::annotation::EntityType;

/// The types that the tagger finds; dates and amounts are found by rule.
pub const TYPES: [EntityType; 7] = [
    EntityType::Person,
    EntityType::Organization,
    EntityType::Place,
    EntityType::Group,
    EntityType::Event,
    EntityType::Work,
    EntityType::Product,
];

/// Where a token stands in its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// In no name.
    Outside,
    /// The first token of several.
    First,
    /// Neither first nor last.
    Inner,
    /// The last token of several.
    Last,
    /// The only token.
    Only,
}

/// A tag: [`OUTSIDE`], or one of four parts of one of seven types (the scheme known as BILOU).
pub type Tag = u8;

/// In no name.
pub const OUTSIDE: Tag = 0;

/// How many tags there are.
pub const TAGS: usize = 1 + 4 * TYPES.len();

/// Length of a row of weights; three are no tag's and always 0, so that rows fill whole vector registers.
pub const LANES: usize = 32;

/// The place of [`OUTSIDE`] in a row.
pub const OUTSIDE_LANE: usize = 7;

/// The place of a tag in a row: eight lanes for first tokens, the last of them for [`OUTSIDE`], eight for inner, eight for last
/// and eight for only ones, each in the order of [`TYPES`].
pub const fn lane(tag: Tag) -> usize {
    if tag == OUTSIDE { OUTSIDE_LANE } else { (tag as usize - 1) % 4 * 8 + (tag as usize - 1) / 4 }
}

/// A set of tags, one bit each.
pub type TagSet = u32;

/// Every tag.
#[cfg(any(test, feature = "cli"))]
pub const ANY: TagSet = (1 << TAGS) - 1;

/// Tags that can stand before [`OUTSIDE`] or the start of a name: a name is complete, or there was none.
pub const COMPLETE: TagSet = {
    let mut set = 1;
    let mut tag = 1;
    while tag < TAGS {
        if matches!(part(tag as Tag), Part::Last | Part::Only) {
            set |= 1 << tag;
        }
        tag += 1;
    }
    set
};

/// The tag of a part of a name; `index` is the type's place in [`TYPES`].
pub const fn tag(index: usize, part: Part) -> Tag {
    let offset = match part {
        Part::Outside => return OUTSIDE,
        Part::First => 0,
        Part::Inner => 1,
        Part::Last => 2,
        Part::Only => 3,
    };
    (1 + 4 * index + offset) as Tag
}

/// Which part of a name the tag means.
pub const fn part(tag: Tag) -> Part {
    if tag == OUTSIDE {
        return Part::Outside;
    }
    match (tag - 1) % 4 {
        0 => Part::First,
        1 => Part::Inner,
        2 => Part::Last,
        _ => Part::Only,
    }
}

/// The type's place in [`TYPES`]; none for [`OUTSIDE`].
pub const fn type_index(tag: Tag) -> Option<usize> {
    if tag == OUTSIDE { None } else { Some((tag as usize - 1) / 4) }
}

/// Whether `next` may follow `previous`.
pub const fn may_follow(previous: Tag, next: Tag) -> bool {
    let open = matches!(part(previous), Part::First | Part::Inner);
    let continues = matches!(part(next), Part::Inner | Part::Last);
    if open || continues { open && continues && (previous - 1) / 4 == (next - 1) / 4 } else { true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_parts_are_inverse() {
        for index in 0..TYPES.len() {
            for p in [Part::First, Part::Inner, Part::Last, Part::Only] {
                assert_eq!((type_index(tag(index, p)), part(tag(index, p))), (Some(index), p));
            }
        }
    }

    #[test]
    fn a_name_is_one_type_from_first_to_last() {
        let first = tag(0, Part::First);
        assert!(may_follow(OUTSIDE, first) && may_follow(first, tag(0, Part::Last)));
        assert!(!may_follow(first, tag(1, Part::Last)));
        assert!(!may_follow(first, OUTSIDE) && !may_follow(OUTSIDE, tag(0, Part::Inner)));
        assert!(may_follow(tag(0, Part::Only), tag(1, Part::First)));
    }

    #[test]
    fn complete_tags_are_those_that_outside_may_follow() {
        for previous in 0..TAGS as Tag {
            assert_eq!(COMPLETE >> previous & 1 == 1, may_follow(previous, OUTSIDE));
        }
    }
}
