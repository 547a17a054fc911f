//! What is left when a command is killed, when its calls fail, and when fifty of them run at once. A case for each command.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use camino::Utf8Path;

use crate::commands::gc::grow_old;
use crate::support::faults::{Faults, Run, State, crowd};
use crate::support::made::{forge_pip, names, python_of};
use crate::support::{Output, Sandbox, Tree, skip, which};

/// A sandbox with named environments, of which the first is active nowhere.
fn with_environments(names: &[&str]) -> Sandbox {
    let mut sandbox = Sandbox::new();
    let home = sandbox.home().join("envs");
    sandbox.env("WORKON_HOME", home.as_str());
    fs::create_dir(&home).unwrap();
    for name in names {
        made(&sandbox.venvsh(&["create", "--no-pip", &format!("envs/{name}")]));
    }
    sandbox
}

#[track_caller]
fn made(output: &Output) {
    assert_eq!(output.status, 0, "{output:?}");
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

/// Killed, it leaves the old state or the new one, and the same command makes of it what was asked for. A call that fails is
/// told with its reason.
#[track_caller]
fn expect_all_or_nothing(sandbox: &Sandbox, words: &[&str]) {
    let faults = Faults::new(sandbox, words);
    let Some(killed) = faults.killed() else {
        return;
    };
    killed
        .expect_old_or_new()
        .expect_finished_again()
        .expect_no_rests();
    for error in ["EIO", "ENOSPC"] {
        let failing = faults.failing(error).expect("strace is here");
        failing
            .expect_old_or_new()
            .expect_finished_again()
            .expect_true_status()
            .expect_reasons()
            .expect_no_rests();
    }
}

#[test]
fn create_is_all_or_nothing() {
    expect_all_or_nothing(&Sandbox::new(), &["create", "--no-pip", "env"]);
}

#[test]
fn create_makes_the_directories_above_or_none() {
    expect_all_or_nothing(&Sandbox::new(), &["create", "--no-pip", "a/b/env"]);
}

/// Its parts are moved one by one: killed between two of them, the directory is still one that can be filled.
#[test]
fn filling_an_empty_directory_is_finished_by_the_next_one() {
    let sandbox = Sandbox::new();
    fs::create_dir(sandbox.home().join("env")).unwrap();
    let faults = Faults::new(&sandbox, &["create", "--no-pip", "env"]);
    let Some(killed) = faults.killed() else {
        return;
    };
    killed.expect_finished_again().expect_no_rests();
    killed.expect_no_half_environment();
    let failing = faults.failing("EIO").expect("strace is here");
    failing.expect_finished_again().expect_reasons();
    // Somebody else's file beside what was begun is never deleted.
    let env = sandbox.home().join("env");
    fs::create_dir_all(env.join(".venvsh-new-x")).unwrap();
    fs::create_dir(env.join("lib")).unwrap();
    let refused = sandbox.venvsh(&["create", "--no-pip", "env"]);
    assert_eq!(refused.status, 1);
    assert!(env.join("lib").is_dir());
    assert!(
        refused.stderr.contains("holds something else"),
        "{refused:?}"
    );
}

/// With its hook scripts, which appear with it.
#[test]
fn making_by_name_is_all_or_nothing() {
    let sandbox = with_environments(&[]);
    // The global hook scripts are there before.
    made(&sandbox.venvsh(&["mkvirtualenv", "--no-pip", "zero"]));
    expect_all_or_nothing(&sandbox, &["mkvirtualenv", "--no-pip", "one"]);
    made(&sandbox.venvsh(&["mkvirtualenv", "--no-pip", "one"]));
    for script in ["predeactivate", "postactivate", "get_env_details"] {
        let path = sandbox.home().join("envs/one/bin").join(script);
        assert!(path.is_file(), "{path}");
    }
}

/// What lets `deactivate` delete it is there when it gets its name.
#[test]
fn a_temporary_environment_is_one_from_the_beginning() {
    let sandbox = with_environments(&[]);
    made(&sandbox.venvsh(&["mkvirtualenv", "--no-pip", "zero"]));
    let Some(strace) = which("strace") else {
        skip("faults", "strace not installed");
        return;
    };
    let log = sandbox.root().join("trace");
    let mut command = sandbox.command(&strace);
    command.args(["-qq", "-e", "trace=%file", "-o", log.as_str()]);
    command.args([env!("CARGO_BIN_EXE_venvsh"), "mktmpenv", "--no-pip"]);
    made(&sandbox.finish(&mut command));
    let trace = fs::read_to_string(&log).unwrap();
    let (_, after) = trace.split_once(".venvsh-new-").unwrap();
    let (_, after) = after.split_once("renameat2").unwrap();
    // When it was entered is noted behind.
    let writes: Vec<_> = after
        .lines()
        .filter(|line| line.contains("O_CREAT") && !line.contains("/.venvsh.entered"))
        .collect();
    assert_eq!(writes, [""; 0]);
    let names = names(&sandbox.home().join("envs"));
    let name = names
        .into_iter()
        .find(|name| name.starts_with("tmp-"))
        .unwrap();
    let script = sandbox
        .home()
        .join("envs")
        .join(name)
        .join("bin/postdeactivate");
    assert!(
        fs::read_to_string(script)
            .unwrap()
            .contains("README.tmpenv")
    );
}

/// The list of what is allowed is what counts; copies that are in no list are deleted by the next one.
#[test]
fn allowing_is_all_or_nothing() {
    let sandbox = Sandbox::new();
    for name in ["postactivate", "predeactivate"] {
        sandbox.write(&format!("project/.virtualenvwrapper/{name}"), "echo one");
    }
    let check = |command: &str, counts: fn(&[String]) -> bool| {
        let faults = Faults::new(&sandbox, &[command, "project"]);
        let Some(killed) = faults.killed() else {
            return;
        };
        let is_whole = |run: &Run| match &run.state {
            State::Mixed(differs) => counts(differs),
            _ => true,
        };
        killed.expect_finished_again().expect_no_rests();
        killed.expect("half of it counts", is_whole);
        for error in ["EIO", "ENOSPC"] {
            let failing = faults.failing(error).expect("strace is here");
            failing.expect_finished_again().expect_reasons();
            failing
                .expect_no_rests()
                .expect("half of it counts", is_whole);
        }
    };
    let has_other_list = |differs: &[String]| differs.iter().any(|name| name.ends_with("/list"));
    check("allow", has_other_list);
    made(&sandbox.venvsh(&["allow", "project"]));
    sandbox.write("project/.virtualenvwrapper/postactivate", "echo two");
    // With the new list, one copy is superfluous.
    check("allow", |differs| {
        differs.iter().any(|name| name.ends_with("/list")) || differs.len() == 1
    });
    // The list goes first.
    check("deny", |differs| {
        !differs.iter().any(|name| name.ends_with("/list"))
    });
}

/// Here the record of the consent is all that is made.
#[test]
fn allowing_an_environment_is_all_or_nothing() {
    let sandbox = Sandbox::new();
    made(&sandbox.venvsh(&["create", "--no-pip", "project/.venv"]));
    expect_all_or_nothing(&sandbox, &["deny", "project"]);
    made(&sandbox.venvsh(&["deny", "project"]));
    // A consent for one environment names its inode, which is another one in each run.
    expect_all_or_nothing(&sandbox, &["allow", "--below", "project"]);
}

#[test]
fn clearing_is_all_or_nothing() {
    let sandbox = with_environments(&["one"]);
    fs::write(sandbox.home().join("envs/one/mine"), "").unwrap();
    let faults = Faults::new(&sandbox, &["create", "--no-pip", "--clear", "envs/one"]);
    let Some(killed) = faults.killed() else {
        return;
    };
    killed
        .expect_old_or_new()
        .expect_finished_again()
        .expect_no_rests();
}

#[test]
fn copying_is_all_or_nothing() {
    let sandbox = with_environments(&[]);
    made(&sandbox.venvsh(&["mkvirtualenv", "--no-pip", "one"]));
    let faults = Faults::new(&sandbox, &["cpvirtualenv", "one", "two"]);
    let Some(killed) = faults.killed() else {
        return;
    };
    killed.expect_old_or_new().expect_no_rests();
}

#[test]
fn making_a_layered_one_is_all_or_nothing() {
    let sandbox = with_environments(&["base"]);
    made(&sandbox.venvsh(&["mkvirtualenv", "--no-pip", "zero"]));
    let words = ["mkvirtualenv", "--no-pip", "--parent", "base", "one"];
    expect_all_or_nothing(&sandbox, &words);
}

/// A copy of Python, landmarks and a `site.py`; its `pyvenv.cfg` has no `home`.
#[test]
fn making_a_classic_one_is_all_or_nothing() {
    let Some(python) = python_of("3.10") else {
        return;
    };
    let words = ["--classic", "-p", python.executable.as_str(), "env"];
    let create = [&["create", "--no-pip"], &words[..]].concat();
    expect_all_or_nothing(&Sandbox::new(), &create);
}

/// Each environment is there or not, and those in use stay as they are.
#[test]
fn collecting_garbage_is_finished_by_the_next_one() {
    let sandbox = with_environments(&["used", "old", "older"]);
    let envs = sandbox.home().join("envs");
    for name in ["old", "older"] {
        grow_old(&envs.join(name), 200);
    }
    fs::create_dir_all(envs.join(".venvsh-trash-x/bin")).unwrap();
    let faults = Faults::new(&sandbox, &["gc", "--yes"]);
    let Some(killed) = faults.killed() else {
        return;
    };
    killed.expect_finished_again().expect_no_rests();
    let is_whole = |run: &Run| match &run.state {
        // What differs from the new state is one whole environment.
        State::Mixed(differs) => {
            let lost = |name: &String| name.starts_with("envs/used");
            let has_config = differs.iter().any(|name| name.ends_with("/pyvenv.cfg"));
            has_config && !differs.iter().any(lost)
        }
        State::Old | State::New => true,
    };
    killed.expect("neither there nor gone", is_whole);
    for error in ["EIO", "ENOSPC"] {
        let failing = faults.failing(error).expect("strace is here");
        failing
            .expect_finished_again()
            .expect_reasons()
            .expect("neither there nor gone", is_whole);
    }
}

/// Its children name the old path until the same command has finished the renaming.
#[test]
fn renaming_a_parent_is_finished_by_the_same_command() {
    let sandbox = with_environments(&["base"]);
    made(&sandbox.venvsh(&["create", "--no-pip", "--parent", "base", "envs/child"]));
    let faults = Faults::new(&sandbox, &["mvvirtualenv", "base", "new"]);
    let Some(killed) = faults.killed() else {
        return;
    };
    killed.expect_finished_again();
    let failing = faults.failing("EIO").expect("strace is here");
    failing.expect_finished_again().expect_true_status();
}

/// A directory gets its new name in one step, its files in many: what is killed between is finished by the same command.
#[test]
fn renaming_is_finished_by_the_same_command() {
    let sandbox = with_environments(&["one"]);
    let script = format!("#!{}/envs/one/bin/python\n", sandbox.home());
    for name in ["tool", "other"] {
        fs::write(sandbox.home().join("envs/one/bin").join(name), &script).unwrap();
    }
    let faults = Faults::new(&sandbox, &["mvvirtualenv", "one", "two"]);
    let Some(killed) = faults.killed() else {
        return;
    };
    killed.expect_finished_again();
    // Where it was all done, nothing is left for the same command; the next one that writes there sweeps leftovers beside it.
    killed.expect("rests", |run| {
        let is_inside = |rest: &String| rest.trim_start_matches("envs/").contains('/');
        run.rests.is_empty() || run.state == State::New && !run.rests.iter().any(is_inside)
    });
    killed.expect("half of it is taken for whole", |run| {
        // What differs has a note in its pyvenv.cfg.
        !matches!(&run.state, State::Mixed(differs) if !differs.iter().any(|name| name.ends_with("pyvenv.cfg")))
    });
    for error in ["EIO", "ENOSPC"] {
        let failing = faults.failing(error).expect("strace is here");
        failing.expect_finished_again().expect_reasons();
        failing.expect("neither old nor new, and no word of it", |run| {
            match &run.state {
                State::Mixed(_) => run.output.stderr.contains("could not be undone"),
                _ => true,
            }
        });
    }
}

#[test]
fn removing_is_all_or_nothing() {
    let sandbox = with_environments(&["one"]);
    let faults = Faults::new(&sandbox, &["rmvirtualenv", "one"]);
    let Some(killed) = faults.killed() else {
        return;
    };
    killed.expect("an environment, or none", |run| {
        run.state != State::Old || run.again.status == 0
    });
    let failing = faults.failing("EIO").expect("strace is here");
    failing.expect_reasons();
    failing.expect("a failed removal has its name", |run| {
        run.output.status == 0 || run.again.status == 0 || run.is_untold()
    });
}

#[test]
fn setting_a_project_and_toggling_are_all_or_nothing() {
    let mut sandbox = with_environments(&["one"]);
    fs::create_dir(sandbox.home().join("project")).unwrap();
    expect_all_or_nothing(&sandbox, &["setvirtualenvproject", "one", "project"]);
    let root = sandbox.home().join("envs/one");
    sandbox.env("VIRTUAL_ENV", root.as_str());
    let faults = Faults::new(&sandbox, &["toggleglobalsitepackages"]);
    let Some(killed) = faults.killed() else {
        return;
    };
    killed.expect_old_or_new();
    let failing = faults.failing("ENOSPC").expect("strace is here");
    failing
        .expect_old_or_new()
        .expect_true_status()
        .expect_reasons();
}

#[test]
fn a_crowd_makes_all_its_environments() {
    // No cache has anything yet, and all of them unpack the wheel.
    let mut sandbox = Sandbox::new();
    with_small_pip(&mut sandbox);
    let all = crowd(&sandbox, 50, |number| {
        words(&["create", "--seed", "pip", &format!("env-{number}")])
    });
    let installed = |number: usize| {
        let library = sandbox.home().join(format!("env-{number}/lib"));
        let library = library.join(names(&library).remove(0));
        Tree::of(&library)
    };
    let first = installed(0);
    for (number, output) in all.iter().enumerate() {
        assert_eq!((output.status, output.stderr.as_str()), (0, ""));
        let config = sandbox.home().join(format!("env-{number}/pyvenv.cfg"));
        assert!(config.is_file(), "{config}");
        let mut differs = installed(number).differs_from(&first);
        // The scripts in it have another path; what was not compiled in time, Python compiles itself.
        differs.retain(|name| !name.ends_with("/RECORD") && !name.contains("__pycache__"));
        assert_eq!(differs, [""; 0], "{number}");
    }
    assert_eq!(sandbox.tree().rests(), [""; 0]);
    let trees = names(&sandbox.home().join(".cache/venvsh/wheels-v2"));
    // The wheel, and the choice of it.
    assert_eq!(trees.len(), 2, "{trees:?}");
}

/// One of fifty makes it; the others say that it is there.
#[test]
fn a_crowd_makes_one_environment_once() {
    let sandbox = with_environments(&["source"]);
    let empty = sandbox.home().join("empty");
    fs::create_dir(&empty).unwrap();
    for (command, target) in [
        (vec!["create", "--no-pip", "envs/one"], "envs/one"),
        (vec!["create", "--no-pip", "empty"], "empty"),
        (vec!["cpvirtualenv", "source", "copy"], "envs/copy"),
    ] {
        let all = crowd(&sandbox, 50, |_| words(&command));
        let name = target.rsplit('/').next().unwrap();
        let refused = |output: &&Output| output.stderr.contains("already exists: ");
        let count = all.iter().filter(refused).count();
        assert_eq!(count, 49, "{command:?}: {all:?}");
        assert!(
            all.iter().all(|output| !output.stderr.contains("os error")),
            "{all:?}"
        );
        let tool = sandbox.home().join(target).join("bin/python");
        assert_eq!(
            sandbox
                .finish(sandbox.command(tool).args(["-c", "print(1)"]))
                .ok(),
            "1",
            "{name}"
        );
    }
    assert_eq!(sandbox.tree().rests(), [""; 0]);
}

/// As if they had come one after the other.
#[test]
fn a_crowd_refreshes_what_the_first_one_made() {
    let sandbox = with_environments(&[]);
    let all = crowd(&sandbox, 30, |_| {
        words(&["mkvirtualenv", "--no-pip", "one"])
    });
    let refreshed = all
        .iter()
        .filter(|output| output.stderr.contains("already"))
        .count();
    assert_eq!(refreshed, 29, "{all:?}");
    let all = crowd(&sandbox, 30, |number| match number % 2 {
        0 => words(&["mkvirtualenv", "--no-pip", "one"]),
        _ => words(&["rmvirtualenv", "one"]),
    });
    for output in &all {
        let internal = ["os error", ".venvsh-", "cannot write", "failed to"];
        assert!(
            !internal.iter().any(|text| output.stderr.contains(text)),
            "{output:?}"
        );
    }
    assert_eq!(sandbox.tree().rests(), [""; 0]);
}

/// While another command renames, makes or removes it, it looks broken: whoever wants to use it waits for the end.
#[test]
fn what_another_command_works_in_is_not_called_broken() {
    let sandbox = with_environments(&["one"]);
    let root = sandbox.home().join("envs/one");
    let config = root.join("pyvenv.cfg");
    let whole = fs::read_to_string(&config).unwrap();
    let disturbed = |words: &[&str], begun: &dyn Fn(), ended: &dyn Fn()| {
        let worker = fs::File::open(&root).unwrap();
        worker.lock().unwrap();
        begun();
        std::thread::scope(|scope| {
            let user = scope.spawn(|| sandbox.venvsh(words));
            std::thread::sleep(std::time::Duration::from_millis(500));
            ended();
            drop(worker);
            user.join().unwrap()
        })
    };
    let note = format!("{whole}venvsh-moved-from = /somewhere\n");
    for words in [&["cpvirtualenv", "one", "two"][..], &["run", "one", "true"]] {
        let write = |text: &str| fs::write(&config, text).unwrap();
        made(&disturbed(words, &|| write(&note), &|| write(&whole)));
    }
    let python = root.join("bin/python");
    let output = disturbed(
        &["cpvirtualenv", "one", "three"],
        &|| fs::remove_file(&python).unwrap(),
        &|| fs::remove_dir_all(&root).unwrap(),
    );
    let expect = "venvsh: no environment named: one\n";
    assert!(
        output.status == 1 && output.stderr.starts_with(expect),
        "{output:?}"
    );
}

/// One of them may have renamed the source before another has copied it.
#[test]
fn a_crowd_copies_and_renames_one_environment() {
    let sandbox = with_environments(&["source"]);
    let all = crowd(&sandbox, 30, |number| match number % 2 {
        0 => words(&["cpvirtualenv", "source", &format!("copy-{number}")]),
        _ => words(&["mvvirtualenv", "source", &format!("moved-{number}")]),
    });
    let gone = "venvsh: no environment named: source\n";
    let is_right = |output: &Output| output.status == 0 || output.stderr.starts_with(gone);
    assert!(all.iter().all(is_right), "{all:?}");
    let moved = all.iter().skip(1).step_by(2);
    assert_eq!(
        moved.filter(|output| output.status == 0).count(),
        1,
        "{all:?}"
    );
    let all = names(&sandbox.home().join("envs"));
    let made_of_it = |name: &&String| name.starts_with("copy-") || name.starts_with("moved-");
    for name in all.iter().filter(made_of_it) {
        let code = "import sys; assert sys.prefix != sys.base_prefix";
        made(&sandbox.venvsh(&["run", name, "python", "-c", code]));
    }
    assert_eq!(sandbox.tree().rests(), [""; 0]);
}

/// What lies where a small file is expected: that environment is broken, and all others are listed.
#[test]
fn hostile_files_break_one_environment() {
    let huge = "x".repeat(70_000);
    for file in ["pyvenv.cfg", ".project"] {
        let sandbox = with_environments(&["bad", "good"]);
        let path = sandbox.home().join("envs/bad").join(file);
        for (what, lay) in [
            ("larger than 64 KiB", Lay::Text(huge.as_bytes())),
            ("not UTF-8", Lay::Text(b"home = \xff\n")),
            ("not an ordinary file", Lay::Link("/dev/zero")),
            ("not an ordinary file", Lay::Pipe),
            ("", Lay::Directory),
        ] {
            let _ = fs::remove_file(&path);
            match lay {
                Lay::Text(text) => fs::write(&path, text).unwrap(),
                Lay::Link(target) => symlink(target, &path).unwrap(),
                Lay::Directory => fs::create_dir(&path).unwrap(),
                Lay::Pipe => {
                    let made = std::process::Command::new("mkfifo").arg(&path).status();
                    assert!(made.unwrap().success());
                }
            }
            let listed = sandbox.venvsh(&["lsvirtualenv"]);
            let text = listed.stdout.clone();
            made(&listed);
            assert!(
                text.contains("good") && text.contains("bad"),
                "{file} {what}: {text}"
            );
            assert!(
                text.contains("broken: ") && text.contains(what),
                "{file} {what}: {text}"
            );
        }
    }
}

enum Lay<'a> {
    Text(&'a [u8]),
    Link(&'a str),
    Directory,
    Pipe,
}

/// What a dead process left is deleted by the next one; what a living one works in is not.
#[test]
fn rests_go_with_the_next_command() {
    let sandbox = with_environments(&["one"]);
    let envs = sandbox.home().join("envs");
    for name in [
        ".venvsh-new-dead/bin",
        ".venvsh-trash-dead/bin",
        ".venvsh-new-alive",
    ] {
        fs::create_dir_all(envs.join(name)).unwrap();
    }
    let alive = fs::File::open(envs.join(".venvsh-new-alive")).unwrap();
    alive.lock().unwrap();
    made(&sandbox.venvsh(&["create", "--no-pip", "envs/two"]));
    assert_eq!(
        sandbox.tree().rests().len(),
        1,
        "{:?}",
        sandbox.tree().rests()
    );
    drop(alive);
    fs::write(envs.join("one/.venvsh-AbCdEf"), "").unwrap();
    fs::create_dir(sandbox.home().join("project")).unwrap();
    made(&sandbox.venvsh(&["setvirtualenvproject", "one", "project"]));
    made(&sandbox.venvsh(&["rmvirtualenv", "two"]));
    assert_eq!(sandbox.tree().rests(), [""; 0]);
}

/// A pip of one module in place of pip: what happens to files happens to few.
fn with_small_pip(sandbox: &mut Sandbox) {
    let wheels = sandbox.root().join("wheels");
    fs::create_dir(&wheels).unwrap();
    forge_pip(&wheels.join("pip-99.0-py3-none-any.whl"), "good");
    sandbox.env("VENVSH_WHEEL_DIR", wheels.as_str());
}

/// pip is complete in it, or it is not there.
#[test]
fn making_with_pip_is_all_or_nothing() {
    let mut sandbox = Sandbox::new();
    with_small_pip(&mut sandbox);
    let faults = Faults::new(&sandbox, &["create", "--seed", "pip", "env"]);
    let Some(killed) = faults.killed() else {
        return;
    };
    killed
        .expect_old_or_new()
        .expect_finished_again()
        .expect_no_rests();
    let failing = faults.failing("ENOSPC").expect("strace is here");
    failing.expect_old_or_new().expect_true_status();
    failing.expect_reasons().expect_no_rests();
}

/// Files come before the `RECORD` that makes them a distribution; what is begun is finished by the same command.
#[test]
fn adding_pip_is_finished_by_the_same_command() {
    let mut sandbox = with_environments(&[]);
    with_small_pip(&mut sandbox);
    made(&sandbox.venvsh(&["mkvirtualenv", "--no-pip", "one"]));
    let faults = Faults::new(&sandbox, &["mkvirtualenv", "--seed", "pip", "one"]);
    let Some(killed) = faults.killed() else {
        return;
    };
    let is_half = |run: &Run| match &run.state {
        State::Mixed(differs) => differs.iter().any(|name| name.ends_with("/RECORD")),
        _ => true,
    };
    killed.expect_finished_again().expect_no_rests();
    killed.expect("half of pip is taken for whole", is_half);
    let failing = faults.failing("ENOSPC").expect("strace is here");
    failing.expect_finished_again().expect_reasons();
    // Its scripts have the same texts: with them unwritten, nothing differs.
    failing.expect("the status is not the truth", |run| {
        run.output.status != 0 || run.state == State::New
    });
    failing.expect("half of pip is taken for whole", is_half);
}

#[test]
fn adding_directories_is_all_or_nothing() {
    let mut sandbox = with_environments(&["one"]);
    let root = sandbox.home().join("envs/one");
    sandbox.env("VIRTUAL_ENV", root.as_str());
    for name in ["first", "second"] {
        fs::create_dir(sandbox.home().join(name)).unwrap();
    }
    expect_all_or_nothing(&sandbox, &["add2virtualenv", "first"]);
    made(&sandbox.venvsh(&["add2virtualenv", "first"]));
    expect_all_or_nothing(&sandbox, &["add2virtualenv", "second"]);
}

#[test]
fn a_failed_copy_is_no_copy() {
    let sandbox = with_environments(&[]);
    made(&sandbox.venvsh(&["mkvirtualenv", "--no-pip", "one"]));
    let faults = Faults::new(&sandbox, &["cpvirtualenv", "one", "two"]);
    for error in ["EIO", "ENOSPC"] {
        let Some(failing) = faults.failing(error) else {
            return;
        };
        failing.expect_old_or_new().expect_no_rests();
        failing.expect_true_status().expect_reasons();
    }
}

/// Its environment is whole or not there; what follows it is done by the same command with `--force`.
#[test]
fn a_new_project_has_a_whole_environment() {
    let mut sandbox = with_environments(&[]);
    made(&sandbox.venvsh(&["mkvirtualenv", "--no-pip", "zero"]));
    let home = sandbox.home().join("projects");
    fs::create_dir(&home).unwrap();
    sandbox.env("PROJECT_HOME", home.as_str());
    let faults = Faults::new(&sandbox, &["mkproject", "--force", "--no-pip", "one"]);
    let Some(killed) = faults.killed() else {
        return;
    };
    killed.expect_finished_again().expect_no_rests();
    killed.expect("half of it is taken for whole", |run| match &run.state {
        State::Mixed(differs) => {
            let later = ["projects/one", "envs/one/.project"];
            differs.iter().all(|name| later.contains(&name.as_str()))
        }
        _ => true,
    });
    let failing = faults.failing("EIO").expect("strace is here");
    failing.expect_finished_again().expect_reasons();
}

/// What a fault leaves in the caches is never taken for an answer, and the next one needs no help.
#[test]
fn a_cache_that_was_being_written_is_written_again() {
    let mut sandbox = Sandbox::new();
    with_small_pip(&mut sandbox);
    let words = ["create", "--seed", "pip", "env"];
    let make = |sandbox: &Sandbox| sandbox.venvsh(&words);
    made(&make(&sandbox));
    let Some(strace) = which("strace") else {
        skip("faults", "strace not installed");
        return;
    };
    let env = sandbox.home().join("env");
    let good = Tree::of(&env);
    let cache = sandbox.home().join(".cache");
    let mut effects = 0;
    for call in ["write", "rename", "renameat2", "mkdir", "symlinkat"] {
        for fault in ["signal=KILL", "error=EIO"] {
            for number in [1, 2, 4, 8] {
                fs::remove_dir_all(&env).unwrap();
                fs::remove_dir_all(&cache).unwrap();
                let trace = format!("trace={call}");
                let inject = format!("inject={call}:{fault}:when={number}");
                let mut command = sandbox.command(&strace);
                command.args(["-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject]);
                command.arg(env!("CARGO_BIN_EXE_venvsh")).args(words);
                let disturbed = sandbox.finish(&mut command);
                if disturbed.status != 0 {
                    effects += 1;
                    made(&make(&sandbox));
                }
                let differs = Tree::of(&env).differs_from(&good);
                assert_eq!(differs, [""; 0], "{inject}: {disturbed:?}");
            }
        }
    }
    assert!(effects > 10, "{effects}");
}

/// Whoever writes there next sweeps.
#[test]
fn rests_in_the_caches_go_when_something_is_stored() {
    let mut sandbox = Sandbox::new();
    with_small_pip(&mut sandbox);
    let caches = sandbox.home().join(".cache/venvsh");
    let (interpreters, wheels) = (caches.join("interpreters-v1"), caches.join("wheels-v2"));
    for directory in [&interpreters, &wheels.join(".venvsh-new-AbCdEf")] {
        fs::create_dir_all(directory).unwrap();
    }
    fs::set_permissions(&interpreters, fs::Permissions::from_mode(0o700)).unwrap();
    fs::write(interpreters.join(".venvsh-AbCdEf"), "").unwrap();
    made(&sandbox.venvsh(&["create", "--seed", "pip", "env"]));
    for directory in [&interpreters, &wheels] {
        let names = names(directory);
        let is_left = |name: &String| name.starts_with(".venvsh-");
        assert!(!names.is_empty() && !names.iter().any(is_left), "{names:?}");
    }
}

/// Whatever lies there, nothing needs more than 32 MB beside what the program itself has mapped.
#[test]
fn hostile_files_need_little_memory() {
    let mut sandbox = with_environments(&["bad", "good"]);
    let wheels = sandbox.root().join("wheels");
    fs::create_dir(&wheels).unwrap();
    let sparse = |path: &Utf8Path, megabytes: u64| {
        let _ = fs::remove_file(path);
        fs::File::create(path)
            .unwrap()
            .set_len(megabytes << 20)
            .unwrap();
    };
    let bad = sandbox.home().join("envs/bad");
    sparse(&wheels.join("pip-99.0-py3-none-any.whl"), 3_000);
    sandbox.env("VENVSH_WHEEL_DIR", wheels.as_str());
    let site_packages = sandbox.home().join("envs/good/lib");
    let library = names(&site_packages).remove(0);
    let info = site_packages
        .join(library)
        .join("site-packages/x-1.dist-info");
    fs::create_dir(&info).unwrap();
    sparse(&info.join("RECORD"), 2_000);
    sandbox.env("VIRTUAL_ENV", sandbox.home().join("envs/good").as_str());
    for (file, commands) in [
        (
            "pyvenv.cfg",
            &[
                &["lsvirtualenv"][..],
                &["workon"],
                &["showvirtualenv", "bad"],
            ][..],
        ),
        (".project", &[&["lsvirtualenv"], &["workon", "."]]),
        ("bin/postactivate", &[&["lsvirtualenv"]]),
        (
            "README",
            &[
                &["wipeenv"],
                &["create", "--seed", "pip", "env"],
                &["add2virtualenv"],
            ],
        ),
    ] {
        let path = bad.join(file);
        let old = fs::read(&path).unwrap_or_default();
        sparse(&path, 1_000);
        for words in commands {
            let limited = r#"ulimit -v "$1"; shift; exec "$@""#;
            // The program, its libraries and the stack of a second thread are mapped, too.
            let mut command = sandbox.command("/bin/sh");
            command.args(["-c", limited, "sh", "131072", env!("CARGO_BIN_EXE_venvsh")]);
            let output = sandbox.finish(command.args(*words));
            assert!(output.status < 2, "{file}, {words:?}: {output:?}");
            assert!(
                !output.stderr.contains("memory"),
                "{file}, {words:?}: {output:?}"
            );
        }
        fs::write(&path, old).unwrap();
    }
}

/// The system's errors of every kind: none is taken for a file that is not there.
#[test]
fn whoever_only_reads_says_why_not() {
    let sandbox = with_environments(&["one", "two"]);
    fs::create_dir(sandbox.home().join("project")).unwrap();
    made(&sandbox.venvsh(&["setvirtualenvproject", "one", "project"]));
    for (error, words) in [
        ("EACCES", &["workon"][..]),
        ("ELOOP", &["lsvirtualenv"]),
        ("EMFILE", &["showvirtualenv", "one"]),
        ("EIO", &["activate", "bash", "one"]),
    ] {
        let Some(failing) = Faults::new(&sandbox, words).failing(error) else {
            return;
        };
        failing.expect_reasons();
    }
}

#[test]
fn whoever_makes_says_why_not() {
    let sandbox = with_environments(&[]);
    made(&sandbox.venvsh(&["mkvirtualenv", "--no-pip", "zero"]));
    let faults = Faults::new(&sandbox, &["mkvirtualenv", "--no-pip", "one"]);
    for error in ["EACCES", "EMFILE", "EROFS", "EXDEV", "EINTR", "ELOOP"] {
        let Some(failing) = faults.failing(error) else {
            return;
        };
        failing
            .expect_old_or_new()
            .expect_true_status()
            .expect_reasons();
    }
}

/// Missing hook scripts come to an environment that is there; each is whole or missing, and the same command makes all.
#[test]
fn making_again_is_finished_by_the_same_command() {
    let sandbox = with_environments(&["one"]);
    made(&sandbox.venvsh(&["mkvirtualenv", "--no-pip", "zero"]));
    let faults = Faults::new(&sandbox, &["mkvirtualenv", "--no-pip", "one"]);
    let Some(killed) = faults.killed() else {
        return;
    };
    killed.expect_finished_again().expect_no_rests();
    let failing = faults.failing("ENOSPC").expect("strace is here");
    failing.expect_finished_again().expect_reasons();
}
