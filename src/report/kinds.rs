//! Things of one kind together.

/// All things by kind, each with its place among all; the kinds in the order of their first ones. Kinds are few, such as rules and repairs.
#[must_use]
pub fn by_kind<T>(all: &[T], kind: impl Fn(&T) -> &str) -> Vec<Vec<(usize, &T)>> {
    let mut groups: Vec<Vec<(usize, &T)>> = Vec::new();
    for (place, one) in all.iter().enumerate() {
        match groups.iter_mut().find(|group| group.first().is_some_and(|(_, first)| kind(first) == kind(one)))
        {
            Some(group) => group.push((place, one)),
            None => groups.push(vec![(place, one)]),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::by_kind;

    #[test]
    fn kinds_stand_where_their_first_ones_do() {
        let words = ["b1", "a1", "b2", "c1", "a2"];
        let groups = by_kind(&words, |word| &word[..1]);
        assert_eq!(groups, [vec![(0, &"b1"), (2, &"b2")], vec![(1, &"a1"), (4, &"a2")], vec![(3, &"c1")]]);
    }
}
