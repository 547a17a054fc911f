//! Repairs an environment whose Python was upgraded, moved or removed, or whose directory was moved by hand.

mod carry;
mod diagnosis;
mod failure;
mod in_place;
mod rebuild;
mod series;
mod upgraded;
mod wanted;

pub use diagnosis::Diagnosis;
pub use in_place::{Repair, RepairRequest};
pub use rebuild::Rebuild;
pub use series::Series;

use camino::Utf8Path;

use super::lock::Lock;
use super::opened::Environment;
use super::trash;

/// Deletes what killed commands left in the environment and beside it.
pub fn sweep(environment: &Environment) {
    let root = environment.root();
    trash::sweep(root.parent().unwrap_or(Utf8Path::new("/")));
    // Nobody works in it.
    if let Ok(Some(_lock)) = Lock::if_free(root) {
        trash::sweep_locked(root);
    }
}
