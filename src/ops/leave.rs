//! Leaving an environment that has `VIRTUAL_ENV`.

use std::ffi::OsString;

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{Config, vars};
use crate::environment::Environment;
use crate::platform::BIN;
use crate::session::{Session, variables};
use crate::shell::{Effect, Ident, Inherited};

/// Leaves the environment that `VIRTUAL_ENV` names; `None` when none is active.
pub(crate) fn venv(session: &Session) -> Option<Effect> {
    let config = &session.config;
    let root = Utf8PathBuf::from(config.var(vars::VIRTUAL_ENV)?);
    let mut own = variables::taken_back(session, &root);
    let mut left = |name: &str, entry: &Utf8Path| {
        let rest = own.remove(name);
        let rest = rest.map_or_else(|| config.raw(name), |rest| rest.map(OsString::from))?;
        let kept = Config::without(&rest, entry).into_string().ok()?;
        Some(kept).filter(|kept| !kept.is_empty())
    };
    let path = left(vars::PATH, &root.join(BIN));
    let pkg_config_path = left("PKG_CONFIG_PATH", &root.join("lib/pkgconfig"));
    let (mut unset, set) = variables::split(own);
    for name in libraries(config, &root) {
        if !unset.contains(&name) {
            unset.push(name);
        }
    }
    Some(Effect::Leave(Inherited {
        path,
        pkg_config_path,
        unset,
        set,
    }))
}

/// `TCL_LIBRARY` and `TK_LIBRARY`, if they have the values that the environment sets.
fn libraries(config: &Config, root: &Utf8Path) -> Vec<Ident> {
    let Ok(environment) = Environment::open(root) else {
        return Vec::new();
    };
    [("TCL_LIBRARY", "tcl-library"), ("TK_LIBRARY", "tk-library")]
        .into_iter()
        .filter(|(name, key)| {
            let value = environment.key(key);
            value.is_some() && config.var(name).as_deref() == value
        })
        .map(|(name, _)| Ident::constant(name))
        .collect()
}
