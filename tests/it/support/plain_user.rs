//! Another user than root, whom modes keep out.

use super::{Sandbox, skip, which};

/// The words that start a program as that user, whom everything of the sandbox belongs to from now on; none where the tests run as such
/// a user anyway. `None`: there is no such user here.
pub fn plain_user(sandbox: &Sandbox, number: u32) -> Option<Vec<String>> {
    if !rustix::process::geteuid().is_root() {
        return Some(Vec::new());
    }
    let words = [
        "setpriv".to_owned(),
        format!("--reuid={number}"),
        format!("--regid={number}"),
        "--clear-groups".to_owned(),
    ];
    let mut chown = sandbox.command("chown");
    chown.args([
        "-hR",
        &format!("{number}:{number}"),
        sandbox.root().as_str(),
    ]);
    let can = which("setpriv").is_some() && sandbox.finish(&mut chown).status == 0 && {
        let mut tried = sandbox.command(&words[0]);
        let tried = tried.args(&words[1..]).args(["venvsh", "--version"]);
        sandbox.finish(tried).status == 0
    };
    if !can {
        skip("setpriv", "no right to become another user");
    }
    can.then(|| words.into())
}
