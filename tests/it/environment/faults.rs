//! What is left when a command is killed, when its calls fail, and when fifty of them run at once. A case for each command.

use crate::support::Sandbox;
use crate::support::faults::{Faults, crowd};

#[test]
fn create_is_all_or_nothing() {
    let sandbox = Sandbox::new();
    let faults = Faults::new(&sandbox, &["create", "--no-pip", "env"]);
    let Some(killed) = faults.killed() else {
        return;
    };
    killed.expect_old_or_new().expect_finished_again();
    for error in ["EIO", "ENOSPC"] {
        let failing = faults.failing(error).expect("strace is here");
        failing.expect_old_or_new().expect_finished_again();
        failing
            .expect_true_status()
            .expect_reasons()
            .expect_no_rests();
    }
}

#[test]
fn a_crowd_makes_all_its_environments() {
    let sandbox = Sandbox::new();
    let made = crowd(&sandbox, 50, |number| {
        ["create", "--no-pip", &format!("env-{number}")]
            .map(str::to_owned)
            .into()
    });
    for (number, output) in made.iter().enumerate() {
        assert_eq!(output.status, 0, "{output:?}");
        let config = sandbox.home().join(format!("env-{number}/pyvenv.cfg"));
        assert!(config.is_file(), "{config}");
    }
}
