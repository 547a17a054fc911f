//! Git's index is read as git writes it: in every version of the format, with either hash.

use crate::support::Sandbox;
use venvsh::internals::formats::git_index::{Case, Tracked, tracked};

/// A checkout in which git holds `a`, `deep/.venv/bin/git` and, as the index says, others.
struct Checkout(Sandbox);

impl Checkout {
    fn new(options: &[&str]) -> Option<Self> {
        let sandbox = Sandbox::new();
        for name in ["a", "deep/.venv/bin/git", "deep/.venv2/x", "late", "mine/x"] {
            sandbox.write(&format!("checkout/{name}"), name);
        }
        let checkout = Self(sandbox);
        checkout.git(&[&["init", "-q"], options].concat())?;
        checkout
            .git(&["add", "a", "deep", "late"])
            .map(|()| checkout)
    }

    /// Runs git. `None` if it does not know the options.
    fn git(&self, words: &[&str]) -> Option<()> {
        let mut git = self.0.command("git");
        git.current_dir(self.0.home().join("checkout")).args(words);
        let output = self.0.finish(&mut git);
        (output.status == 0).then_some(())
    }

    fn tracked(&self, path: &str) -> Tracked {
        let index = fs_err::read(self.0.home().join("checkout/.git/index")).unwrap();
        tracked(&index, path, Case::Counts)
    }

    #[track_caller]
    fn expect_right(&self, what: &str) {
        assert_eq!(self.tracked("deep/.venv"), Tracked::Yes, "{what}");
        assert_eq!(self.tracked("late"), Tracked::Yes, "{what}");
        assert_eq!(self.tracked("mine"), Tracked::No, "{what}");
        assert_eq!(self.tracked("deep/.ven"), Tracked::No, "{what}");
    }
}

#[test]
fn every_version_is_read() {
    let checkout = Checkout::new(&[]).expect("git is here");
    for version in ["2", "3", "4"] {
        checkout
            .git(&["update-index", "--index-version", version])
            .expect("git knows the version");
        checkout.expect_right(version);
        // An entry with more flags, which version 2 cannot hold.
        checkout.git(&["add", "-N", "mine/x"]).unwrap();
        assert_eq!(checkout.tracked("mine"), Tracked::Yes, "{version}");
        checkout
            .git(&["rm", "-q", "--cached", "mine/x"])
            .expect("it is taken out");
        checkout.expect_right(version);
    }
}

#[test]
fn an_index_with_the_longer_hash_is_read() {
    if let Some(checkout) = Checkout::new(&["--object-format=sha256"]) {
        checkout.expect_right("SHA-256");
    } else {
        eprintln!("skipped: this git knows one hash only");
    }
}

#[test]
fn a_split_index_says_nothing() {
    let checkout = Checkout::new(&[]).expect("git is here");
    checkout.git(&["update-index", "--split-index"]).unwrap();
    assert_eq!(checkout.tracked("deep/.venv"), Tracked::Unknown);
    assert_eq!(checkout.tracked("mine"), Tracked::Unknown);
}
