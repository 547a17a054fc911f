//! Files on Windows, in wine: writers at once, names in other letters.

use std::process::{Command, Stdio};

use venvsh::internals::Config;

use super::wine::Room;
use crate::support::made::names;

#[test]
fn of_several_writers_none_loses_what_another_wrote() {
    let Some(room) = Room::new(&["one"]) else {
        return;
    };
    let program = Config::from_process()
        .var("VENVSH_WINDOWS_PROGRAM")
        .expect("there is wine");
    let set = |number: u32| {
        let mut command = Command::new("wine");
        room.around(&mut command)
            .args([&program, "vars", "one", "set", &format!("V{number}"), "1"])
            .env("WORKON_HOME", room.path("envs"))
            .stdout(Stdio::null())
            .spawn()
            .expect("wine starts")
    };
    let writers: Vec<_> = (0..12).map(set).collect();
    for mut writer in writers {
        assert!(writer.wait().expect("it ends").success());
    }
    let text = room.read("envs/one/venvsh.vars");
    assert_eq!(text.lines().count(), 12, "{text}");
    let left = room.dir.path().join("envs");
    assert_eq!(names(left.to_str().expect("UTF-8").as_ref()), ["one"]);
}

#[test]
fn names_in_other_letters_are_one() {
    let Some(room) = Room::new(&["demo"]) else {
        return;
    };
    let ran = room.cmd(
        "call workon DEMO\necho %VIRTUAL_ENV_PROMPT%\ncall deactivate\ncall mvvirtualenv demo Demo\necho %ERRORLEVEL%\n\
         call lsvirtualenv -b\ncall workon demo\necho %VIRTUAL_ENV_PROMPT%",
    );
    // wine renames to other letters by doing nothing.
    let said = ran.stdout.to_lowercase();
    assert_eq!(said, "demo\n0\ndemo\ndemo\n", "{}", ran.stderr);
    assert_eq!(ran.stderr, "");
}
