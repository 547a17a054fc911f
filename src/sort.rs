//! Sorts for short lists. Of the standard library's sorts each type has its own, of 4 to 14 KB; these share one.

use std::cmp::Ordering;

/// Sorts by that comparison. Equal items keep their order.
pub(crate) fn by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut from = order(items.len(), &|one, other| {
        compare(&items[one], &items[other])
    });
    for to in 0..items.len() {
        // An item that belongs before `to` was swapped to the index that `from` holds for it.
        let mut place = from[to];
        while place < to {
            place = from[place];
        }
        from[to] = place;
        items.swap(to, place);
    }
}

/// Sorts by that key. Equal items keep their order.
pub(crate) fn by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    by(items, |one, other| key(one).cmp(&key(other)));
}

/// Sorts by bytes. The first eight are compared as one number, which decides most comparisons: musl compares byte by byte.
pub(crate) fn names(names: &mut Vec<String>) {
    let head = |name: &String| {
        let bytes = name.as_bytes();
        let head = bytes.first_chunk::<8>().copied().unwrap_or_else(|| {
            let mut head = [0; 8];
            head[..bytes.len()].copy_from_slice(bytes);
            head
        });
        u64::from_be_bytes(head)
    };
    let mut all: Vec<_> = names.drain(..).map(|name| (head(&name), name)).collect();
    all.sort_unstable();
    names.extend(all.into_iter().map(|(_, name)| name));
}

/// The indexes in the order of what they stand for.
fn order(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut indexes: Vec<usize> = (0..len).collect();
    indexes.sort_unstable_by(|&one, &other| compare(one, other).then(one.cmp(&other)));
    indexes
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_order_is_that_of_a_stable_sort() {
        arbtest::arbtest(|u| {
            let keys: Vec<u8> = u.arbitrary()?;
            let mut items: Vec<(u8, usize)> = keys
                .into_iter()
                .enumerate()
                .map(|(place, key)| (key % 8, place))
                .collect();
            let mut expect = items.clone();
            expect.sort_by_key(|item| item.0);
            super::by_key(&mut items, |item| item.0);
            assert_eq!(items, expect);
            Ok(())
        });
    }

    #[test]
    fn the_order_of_names_is_that_of_their_bytes() {
        arbtest::arbtest(|u| {
            let heads = ["", "a", "a\0", "same-hea", "same-head", "ä"];
            let count = u.arbitrary_len::<u8>()?;
            let name = |_| Ok([*u.choose(&heads)?, u.arbitrary::<&str>()?].concat());
            let mut names: Vec<String> = (0..count).map(name).collect::<Result<_, _>>()?;
            let mut expect = names.clone();
            expect.sort();
            super::names(&mut names);
            assert_eq!(names, expect);
            Ok(())
        });
    }
}
