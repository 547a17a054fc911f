//! Names of the user's in the place of the commands, as far as they can be known: programs, definitions in start-up files, and in
//! bash and zsh what the running shell says.

use camino::Utf8PathBuf;

use crate::names::called;
use crate::session::Session;
use crate::session::starter::on_path;
use crate::shell::{Effect, Ident, Plan, snippets};

/// The plan that asks the running shell, where it can be asked. It prints what it finds, and makes the status a failure.
pub(crate) fn in_the_shell(session: &Session, names: &[&str]) -> Plan {
    if !session.calls_back() {
        return Plan::default();
    }
    let names = names.iter().filter(|&&name| name != "deactivate");
    // Without functions of that name there is a blank in it.
    let names = names.filter_map(|name| Ident::new(&called(name)));
    let names: Vec<_> = Ident::new("venvsh").into_iter().chain(names).collect();
    Plan(vec![Effect::Snippet(snippets::shadowed(&names))])
}

/// Programs of these names, which run in a shell without the hook.
pub(crate) fn programs(session: &Session, names: &[&str]) -> Vec<Utf8PathBuf> {
    let found = |name: &&str| on_path(&session.config, name);
    names.iter().filter_map(found).collect()
}
