//! Files of a repository.

use super::{COMES, User};

/// A clone with an environment in it: it is not entered, by `workon .` neither, and its own word records nothing.
#[test]
fn a_checked_in_environment() {
    for name in [".venv", "venv", "env"] {
        let user = User::new();
        user.environment(&format!("theirs/{name}"));
        user.git("theirs", &["init", "-q"]);
        user.mark(&format!("theirs/{name}/bin/git"));
        user.sandbox.write(
            &format!("theirs/{name}/bin/activate"),
            ": >\"$HOME/mark\"\n",
        );
        user.commit("theirs");
        user.git("", &["clone", "-q", "theirs", "mine"]);
        user.cd("mine").expect_none(COMES);
        let output = user.workon("mine", ".");
        assert_eq!(output.status, 1, "{output:?}");
        let expect = format!("venvsh: {COMES}{name}/.gitignore\nhint: workon ./{name}\n");
        assert_eq!(output.stderr, expect);
        let output = user.venvsh("mine", "allow");
        assert_eq!((output.status, output.stderr), (1, expect));
        let output = user.workon("mine", &format!("./{name}"));
        assert_eq!((output.status, output.stderr.as_str()), (0, ""));
        assert_eq!(user.list(), "");
        // It was said once in this terminal.
        user.cd("mine").expect_none("");
    }
}

/// A pull writes into the environment that the user made and entered before.
#[test]
fn a_pull_into_the_users_own_environment() {
    for brought in ["bin/git", "bin/python", "pyvenv.cfg", "lib/x.pth"] {
        let user = User::new();
        user.clone_of_strangers();
        let own = user.environment("mine/.venv");
        user.cd("mine")
            .expect_none("entered automatically after you entered it once: workon .");
        user.cd("mine").expect_none("");
        user.consent("mine");
        user.cd("mine").expect("mine/.venv");
        user.sandbox.write("theirs/other/.venv/bin/git", "");
        user.pull();
        user.cd("mine").expect("mine/.venv");
        user.mark(&format!("theirs/.venv/{brought}"));
        user.pull();
        assert!(own.join(brought).exists());
        user.cd("mine")
            .expect_none(&format!("{COMES}{own}/{brought}"));
        assert_eq!(user.workon("mine", ".").status, 1);
        user.cd("mine").expect_none("");
    }
}

/// The outer repository's pull writes into a repository of the user's inside of it.
#[test]
fn a_pull_of_an_outer_repository() {
    let user = User::new();
    user.clone_of_strangers();
    user.git("mine/sub", &["init", "-q"]);
    user.sandbox.write("mine/sub/b", "");
    user.git("mine/sub", &["add", "b"]);
    user.git("mine/sub", &["commit", "-q", "-m", "mine"]);
    user.environment("mine/sub/.venv");
    user.consent("mine/sub");
    user.cd("mine/sub").expect("mine/sub/.venv");
    user.mark("theirs/sub/.venv/bin/git");
    user.pull();
    assert!(user.sandbox.home().join("mine/sub/.venv/bin/git").exists());
    user.cd("mine/sub").expect_none(COMES);
}

/// A submodule at the place of the environment.
#[test]
fn a_submodule_in_place_of_the_environment() {
    let user = User::new();
    user.clone_of_strangers();
    user.environment("mine/.venv");
    user.consent("mine");
    user.cd("mine").expect("mine/.venv");
    let commit = user.git("theirs", &["rev-parse", "HEAD"]);
    let entry = format!("160000,{},.venv", commit.trim());
    user.git("mine", &["update-index", "--add", "--cacheinfo", &entry]);
    user.cd("mine").expect_none(COMES);
}

/// An environment that is a repository itself.
#[test]
fn an_environment_with_a_repository_of_its_own() {
    let user = User::new();
    user.environment("p/.venv");
    user.consent("p");
    user.cd("p").expect("p/.venv");
    user.git("p/.venv", &["init", "-q"]);
    user.cd("p").expect_none(COMES);
}

/// Files that choose among the environments of the user's: with their hooks and variables.
#[test]
fn pointers_out_of_the_project() {
    let pyenv = ".pyenv/versions/secret";
    for (file, text, environment) in [
        (".venv", "secret\n", "envs/secret"),
        (".venv", "../envs/secret\n", "envs/secret"),
        (".python-version", "secret\n", pyenv),
        (".python-envs", "../envs/secret\n", "envs/secret"),
        (".pdm-python", "{home}/mine/.venv/bin/python", "elsewhere"),
    ] {
        let mut user = User::new();
        let pyenv = user.sandbox.home().join(".pyenv");
        user.sandbox.env("PYENV_ROOT", pyenv.as_str());
        user.environment("envs/secret");
        user.environment("envs/other");
        user.environment(".pyenv/versions/3.11.2/envs/secret");
        user.link("3.11.2/envs/secret", ".pyenv/versions/secret");
        user.clone_of_strangers();
        if environment == "elsewhere" {
            user.environment("elsewhere");
            user.link("../elsewhere", "mine/.venv");
        }
        let text = text.replace("{home}", user.sandbox.home().as_str());
        user.sandbox.write(&format!("theirs/{file}"), text);
        user.pull();
        user.cd("mine")
            .expect_none("after you entered it once: workon .");
        user.consent("mine");
        user.cd("mine").expect(environment);
    }
}

/// After the user entered one environment, the project chooses another one.
#[test]
fn a_pointer_that_changes() {
    let user = User::new();
    user.environment("envs/chosen");
    user.environment("envs/secret");
    user.clone_of_strangers();
    user.sandbox.write("theirs/.venv", "chosen\n");
    user.pull();
    user.consent("mine");
    user.cd("mine").expect("envs/chosen");
    user.sandbox.write("theirs/.venv", "secret\n");
    user.pull();
    assert_eq!(user.cd("mine").entered, "");
}

/// What a checkout says is data: a name, a path or nothing.
#[test]
fn text_is_not_code() {
    let mut user = User::new();
    let pyenv = user.sandbox.home().join(".pyenv");
    user.sandbox.env("PYENV_ROOT", pyenv.as_str());
    user.environment("envs/secret");
    user.environment(".pyenv/versions/secret");
    user.clone_of_strangers();
    for text in [
        "secret; : >\"$HOME/mark\"",
        "$(: >\"$HOME/mark\")",
        "`: >\"$HOME/mark\"`",
        "../envs/../envs/secret\n$(: >\"$HOME/mark\")",
        "-c :",
        "..",
        "\u{1b}]0;x\u{7}",
    ] {
        for file in [
            ".venv",
            ".python-version",
            ".python-envs",
            ".pdm-python",
            "poetry.toml",
        ] {
            user.sandbox.write(&format!("mine/{file}"), text);
            let went = user.cd_then("mine", "workon . >/dev/null 2>&1; deactivate 2>/dev/null");
            assert_eq!(went.entered, "", "{text}");
            fs_err::remove_file(user.sandbox.home().join("mine").join(file)).unwrap();
        }
    }
}

/// A variable of the user's names one environment for all projects, and a checkout's setting a store in the checkout.
#[test]
fn settings_that_lead_to_an_environment() {
    let mut user = User::new();
    user.environment("envs/secret");
    user.clone_of_strangers();
    user.sandbox
        .write("theirs/pyproject.toml", "[project]\nname = \"demo\"\n");
    user.pull();
    let secret = user.sandbox.home().join("envs/secret");
    user.sandbox.env("UV_PROJECT_ENVIRONMENT", secret.as_str());
    user.cd("mine").expect_none("after you entered it once");
    user.consent("mine");
    user.cd("mine").expect("envs/secret");

    let mut user = User::new();
    user.environment("envs/secret");
    user.clone_of_strangers();
    user.sandbox.write("theirs/Pipfile", "");
    user.pull();
    user.sandbox.env("PIPENV_CUSTOM_VENV_NAME", "secret");
    user.cd("mine").expect_none("after you entered it once");
    user.consent("mine");
    user.cd("mine").expect("envs/secret");

    let user = User::new();
    user.clone_of_strangers();
    let directory = user.sandbox.home().join("mine");
    let hash = venvsh::internals::digest::eight_of_sha256(directory.as_str());
    let store = format!("theirs/store/demo-{hash}-py3.11");
    user.environment(&store);
    user.mark(&format!("{store}/bin/git"));
    user.sandbox
        .write("theirs/pyproject.toml", "[tool.poetry]\nname = \"demo\"\n");
    user.sandbox
        .write("theirs/poetry.toml", "[virtualenvs]\npath = \"store\"\n");
    user.sandbox.write("theirs/poetry.lock", "");
    user.pull();
    assert_eq!(user.cd("mine").entered, "");
    assert_eq!(user.workon("mine", ".").status, 1);
    user.cd("mine").expect_none("");
}

/// An environment that is not trusted is as if it were not there: that of the project above is entered, or what the user linked.
#[test]
fn a_stranger_stands_in_no_way() {
    let user = User::new();
    user.clone_of_strangers();
    user.environment("mine/.venv");
    user.consent("mine");
    user.environment("envs/linked");
    let linked = user.sandbox.home().join("mine/linked");
    user.sandbox.write("envs/linked/.project", linked.as_str());
    for name in ["sub", "linked"] {
        user.environment(&format!("theirs/{name}/.venv"));
        user.mark(&format!("theirs/{name}/.venv/bin/git"));
    }
    user.pull();
    user.cd("mine/sub").expect("mine/.venv");
    user.cd("mine/linked").expect("envs/linked");
}

/// The same by a link. One inside the project leads to what came with the checkout.
#[test]
fn links_out_of_the_project_and_inside() {
    let user = User::new();
    user.environment("envs/secret");
    user.clone_of_strangers();
    user.link("../envs/secret", "theirs/.venv");
    user.pull();
    assert_eq!(user.cd("mine").entered, "");
    user.consent("mine");
    user.cd("mine").expect("envs/secret");

    // On `PATH` is where the link leads, not the link: the next pull may change it.
    for name in [".venv", "venv", "env"] {
        let user = User::new();
        user.environment("elsewhere");
        user.clone_of_strangers();
        user.link("../elsewhere", &format!("theirs/{name}"));
        user.pull();
        user.consent("mine");
        user.cd("mine").expect("elsewhere");
    }
    let user = User::new();
    let store = crate::tools::stores::conda(&user.sandbox, "store/mine/envs/default");
    user.clone_of_strangers();
    user.link("../../store/mine/envs", "theirs/.pixi/envs");
    user.pull();
    user.consent("mine");
    let went = user.bash("go ~/mine; printf %s \"$CONDA_PREFIX\"");
    assert_eq!(went.stdout, store.as_str(), "{went:?}");

    let user = User::new();
    user.clone_of_strangers();
    user.environment("theirs/tools/env");
    user.mark("theirs/tools/env/bin/git");
    user.link("tools/env", "theirs/.venv");
    user.pull();
    user.cd("mine").expect_none(COMES);
    assert_eq!(user.workon("mine", ".").status, 1);
    user.cd("mine").expect_none("");
}

/// An environment whose `bin` is a link leads to other programs than its own.
#[test]
fn programs_from_elsewhere() {
    let user = User::new();
    user.clone_of_strangers();
    user.mark("theirs/tools/git");
    user.pull();
    let own = user.environment("mine/.venv");
    user.consent("mine");
    fs_err::rename(own.join("bin"), own.join("programs")).unwrap();
    user.link("../tools", "mine/.venv/bin");
    user.link("../.venv/programs/python", "mine/tools/python");
    user.cd("mine").expect_none("is no directory: ");
}

/// An archive brings a `.git` that is a link, or a file that names a repository of the user's, which knows nothing of the files.
#[test]
fn a_forged_repository() {
    for forged in ["file", "link"] {
        let user = User::new();
        user.clone_of_strangers();
        user.environment("p/.venv");
        user.consent("p");
        user.cd("p").expect("p/.venv");
        match forged {
            "link" => user.link("../mine/.git", "p/.git"),
            _ => _ = user.sandbox.write("p/.git", "gitdir: ../mine/.git\n"),
        }
        user.cd("p")
            .expect_none("cannot tell what comes with the checkout");
    }
}

/// Nothing of an environment is sourced, so one of conda with scripts waits for the user; what comes later is not sourced either.
#[test]
fn scripts_of_conda() {
    for script in ["activate.d/x.sh", "deactivate.d/x.sh"] {
        let user = User::new();
        crate::tools::stores::conda(&user.sandbox, "p/.pixi/envs/default");
        user.consent("p");
        let script = format!("p/.pixi/envs/default/etc/conda/{script}");
        let went = user.bash("go ~/p; printf %s \"$CONDA_PREFIX\"");
        assert!(went.stdout.ends_with("/p/.pixi/envs/default"), "{went:?}");
        let late = user.bash(&format!(
            "go ~/p; mkdir -p ~/{0}; echo ': >~/mark' >~/{script}; echo ': >~/mark' >~/p/.pixi/envs/default/bin/predeactivate\ngo ~\n[[ ! $CONDA_PREFIX ]] || echo still\ngo ~/p; deactivate",
            script.rsplit_once('/').unwrap().0
        ));
        assert_eq!(late.stdout, "", "{late:?}");
        let said = "it has scripts that the shell would source: ";
        assert_eq!(late.stderr.matches(said).count(), 1, "{late:?}");
        user.cd("p").expect_none("");
        user.cd_then("p", "[[ ! $CONDA_PREFIX ]] || : >~/mark")
            .expect_none("");
    }
}

/// In a container the number of the session is 0, because it began outside.
#[test]
fn a_checked_in_environment_in_a_container() {
    let mut user = User::new();
    user.clone_of_strangers();
    user.environment("theirs/.venv");
    user.pull();
    if !user.start_by(&["unshare", "--pid", "--fork", "--mount-proc"]) {
        crate::support::skip("unshare", "no right to make a namespace of processes");
        return;
    }
    let session = user.bash("read -r _ _ _ _ _ session _ </proc/self/stat; echo $session");
    assert_eq!(session.stdout, "0\n");
    user.cd("mine").expect_none("comes with the checkout: ");
    user.cd("mine").expect_none("");
}
