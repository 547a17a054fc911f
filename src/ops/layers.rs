//! Layered environments in lists, repairs and removals.

use crate::environment::{Environment, LostParent, Overview, descendants};
use crate::error::Error;
use crate::fs::is_same;
use crate::names::called;

/// The environments as a tree, with their depths: children after their parent, else in the same order. One whose parent is not
/// in the list is at the top.
pub(crate) fn as_tree(overviews: Vec<Overview>) -> Vec<Overview> {
    let is_layered = |overview: &Overview| overview.environment.parent().is_some();
    if !overviews.iter().any(is_layered) {
        return overviews;
    }
    let mut children = vec![Vec::new(); overviews.len()];
    let mut roots = Vec::new();
    for (index, overview) in overviews.iter().enumerate() {
        match parent(&overviews, overview) {
            Some(parent) => children[parent].push(index),
            None => roots.push(index),
        }
    }
    let mut depths = Vec::new();
    let mut is_shown = vec![false; overviews.len()];
    // Environments of a circle have no root.
    for root in roots.into_iter().chain(0..overviews.len()) {
        let mut open = vec![(0, root)];
        while let Some((depth, index)) = open.pop() {
            if !std::mem::replace(&mut is_shown[index], true) {
                depths.push((depth, index));
                let below = children[index].iter().rev();
                open.extend(below.map(|child| (depth + 1, *child)));
            }
        }
    }
    let mut overviews: Vec<_> = overviews.into_iter().map(Some).collect();
    let taken = |(depth, index): (usize, usize)| {
        let overview = overviews[index].take()?;
        Some(Overview { depth, ..overview })
    };
    depths.into_iter().filter_map(taken).collect()
}

fn parent(all: &[Overview], child: &Overview) -> Option<usize> {
    let parent = child.environment.parent()?;
    let roots = || all.iter().map(|overview| overview.environment.root());
    let by_path = roots().position(|root| root == parent);
    by_path.or_else(|| roots().position(|root| is_same(root, parent)))
}

/// The environments in the order in which they can be removed: children before their parents.
///
/// # Errors
/// When another environment is layered on one of them.
pub(crate) fn removable(environments: &[Environment]) -> Result<Vec<Environment>, Error> {
    let mut counted = Vec::new();
    for environment in environments {
        let descendants = descendants(environment.root())?;
        let stays = |child: &&Environment| {
            let mut removed = environments.iter();
            !removed.any(|one| one.root() == child.root())
        };
        let children: Vec<_> = descendants.iter().filter(stays).collect();
        if !children.is_empty() {
            let name = |child: &&Environment| child.name().to_owned();
            return Err(Error::HasChildren {
                name: environment.name().to_owned(),
                children: children.iter().rev().map(name).collect(),
            });
        }
        counted.push((descendants.len(), environment.clone()));
    }
    crate::sort::by_key(&mut counted, |(descendants, _)| *descendants);
    Ok(counted
        .into_iter()
        .map(|(_, environment)| environment)
        .collect())
}

/// The environments in the order in which they can be repaired: parents before their children, else as they are.
pub(crate) fn parents_first(environments: Vec<Environment>) -> Vec<Environment> {
    let counted = environments.into_iter();
    let mut counted: Vec<_> = counted.map(|it| (it.ancestors().len(), it)).collect();
    crate::sort::by_key(&mut counted, |(ancestors, _)| *ancestors);
    counted
        .into_iter()
        .map(|(_, environment)| environment)
        .collect()
}

/// The command after which the packages of the ancestor are there again.
pub(crate) fn remedy(lost: &LostParent) -> String {
    let child = shell_words::quote(lost.child());
    if lost.is_other_python() {
        format!("venvsh repair {child}")
    } else {
        format!("{} {child} --parent ENV", called("mkvirtualenv"))
    }
}
