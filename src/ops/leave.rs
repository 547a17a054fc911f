//! Leaving an environment that has `VIRTUAL_ENV`.

use camino::{Utf8Path, Utf8PathBuf};

use crate::config::{Config, vars};
use crate::environment::Environment;
use crate::platform::BIN;
use crate::shell::{Effect, Ident, Inherited};

/// Leaves the environment that `VIRTUAL_ENV` names; `None` when none is active.
pub(crate) fn venv(config: &Config) -> Option<Effect> {
    let root = Utf8PathBuf::from(config.var(vars::VIRTUAL_ENV)?);
    Some(Effect::Leave(Inherited {
        path: without(config, vars::PATH, &root.join(BIN)),
        pkg_config_path: without(config, "PKG_CONFIG_PATH", &root.join("lib/pkgconfig")),
        unset: libraries(config, &root),
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
        .map(|(name, _)| Ident::new(name).expect("the names are constant"))
        .collect()
}

/// The variable's value without the first entry equal to this one; `None` when nothing is left.
fn without(config: &Config, variable: &str, entry: &Utf8Path) -> Option<String> {
    let kept = config.list_without(variable, entry)?.into_string().ok()?;
    Some(kept).filter(|kept| !kept.is_empty())
}
