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
        let length = index.len() as u64;
        tracked(std::io::Cursor::new(index), length, path, Case::Counts).unwrap()
    }

    #[track_caller]
    fn expect_right(&self, what: &str) {
        let is = |name: &str| Tracked::Yes(name.to_owned());
        assert_eq!(
            self.tracked("deep/.venv"),
            is("deep/.venv/bin/git"),
            "{what}"
        );
        assert_eq!(self.tracked("late"), is("late"), "{what}");
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
        let added = Tracked::Yes("mine/x".to_owned());
        assert_eq!(checkout.tracked("mine"), added, "{version}");
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
    for path in ["deep/.venv", "mine"] {
        assert_eq!(checkout.tracked(path), Tracked::Unknown("a split index"));
    }
}
