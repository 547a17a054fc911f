//! The interpreters of this machine, and the default among them.

use crate::config::Config;
use crate::fs::is_same;
use crate::interpreter::{self, Found};

/// All interpreters, and the index of the default. `None` without a default, or when a version manager hides it behind a program
/// of its own.
pub(crate) fn with_default(config: &Config) -> (Vec<Found>, Option<usize>) {
    let found = interpreter::list(config);
    let default = interpreter::find(None, config).ok();
    let place = default.and_then(|default| {
        found
            .iter()
            .position(|found| is_same(&found.path, &default.executable))
    });
    (found, place)
}
