//! The channel between hook and program: what the program says when it cannot be used.

use crate::support::Sandbox;

/// Calls `workon demo` as a function of the hook would, with that value of `VENVSH_HOOK` and that redirection.
fn workon(hook: &str, redirection: &str) -> (i32, String) {
    let sandbox = Sandbox::with_environments(&["demo"]);
    let mut command = sandbox.command("/bin/sh");
    command
        .args(["-c", &format!("exec venvsh workon demo {redirection}")])
        .env("VENVSH_HOOK", hook);
    let output = sandbox.finish(&mut command);
    assert_eq!(output.stdout, "", "{hook} {redirection}");
    (output.status, output.stderr)
}

/// Whatever else a newer hook says, and whichever shell it names.
#[test]
fn a_newer_hook_is_named_as_such() {
    for hook in ["2:bash:8", "2:a-shell-of-the-future:8", "2::", "2"] {
        let (status, stderr) = workon(hook, "8>&1");
        let said = "venvsh: the hook comes from a newer venvsh than this program\n";
        assert!(status == 1 && stderr.starts_with(said), "{hook}: {stderr}");
    }
}

#[test]
fn a_plan_that_cannot_be_written_is_no_missing_hook() {
    let (status, stderr) = workon("1:bash:8", "8>/dev/full");
    let said = "venvsh: cannot pass the changes to this shell: No space left on device";
    assert!(status == 1 && stderr.starts_with(said), "{stderr}");
    let (status, stderr) = workon("1:bash:8", "8>&-");
    let said = "venvsh: this command changes the running shell, and the hook is not loaded\n";
    assert!(status == 1 && stderr.starts_with(said), "{stderr}");
}
