//! What a word on the command line can become.

use crate::config::Config;
use crate::environment::WorkonHome;

/// The environments in `WORKON_HOME` whose names begin so.
pub(crate) fn environments(prefix: &str) -> Vec<String> {
    let home = WorkonHome::from_config(&Config::from_process());
    home.and_then(|home| home.names_from(prefix))
        .unwrap_or_default()
}
