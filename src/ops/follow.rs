//! Following the directory: what happens to the active environment at a change of directory, as a table over values.

use camino::{Utf8Path, Utf8PathBuf};

/// The shell as it is when the directory has changed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State<'a> {
    pub(crate) active: Active<'a>,
    pub(crate) off: Option<Off<'a>>,
}

/// Where the user left an environment. None is entered there until the shell is outside of that directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Off<'a> {
    /// The directory to which an environment belongs.
    Directory(&'a Utf8Path),
    /// The working directory of that time: the directory of the place is meant.
    Place(&'a Utf8Path),
}

/// The active environment, and who has entered it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Active<'a> {
    /// There is none.
    Nothing,
    /// The user has entered it, or another tool.
    ByHand,
    /// It was entered automatically for this directory.
    Followed(&'a Utf8Path),
    /// The one that was entered for this directory is not active any more, but another.
    Replaced,
    /// The one that was entered for this directory was left, and none is active.
    Left(&'a Utf8Path),
}

/// The working directory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    /// Its physical path.
    pub(crate) here: &'a Utf8Path,
    /// The directory of the environment that may be entered here automatically, if there is one.
    pub(crate) trusted: Option<Trusted<'a>>,
}

/// An environment that may be entered automatically.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trusted<'a> {
    /// The directory to which it belongs: the working directory or one above.
    pub(crate) directory: &'a Utf8Path,
    /// Whether it is the active one.
    pub(crate) is_active: bool,
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Nothing.
    Stay,
    /// The environment of the place is entered; if another is active, that is left in the same plan.
    Enter,
    /// The active environment is left.
    Leave,
}

/// What happens, and what the shell remembers of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) step: Step,
    /// The directory for which the active environment is followed from now on. `None`: it is the user's.
    pub(crate) owner: Option<Utf8PathBuf>,
    /// The directory in which the user left an environment.
    pub(crate) off: Option<Utf8PathBuf>,
}

/// What a call gives the shell to hand over to the next one, as text that needs no quotes but for the paths at its end: `:E`, or
/// `=D//E`, as no physical path holds two slashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Memory {
    /// Whether there was no call in this shell before.
    pub(crate) is_first: bool,
    /// The environment that was entered automatically.
    pub(crate) environment: Option<Utf8PathBuf>,
    /// The directory for which it was entered, while another one is active in its place. direnv gives it back when it leaves its own.
    pub(crate) replaced: Option<Utf8PathBuf>,
}

impl Memory {
    pub(crate) fn read(text: &str) -> Self {
        let replaced = text.strip_prefix('=').and_then(|it| it.split_once("//"));
        let (replaced, environment) = if let Some((directory, below)) = replaced {
            (Some(directory.into()), format!("/{below}"))
        } else {
            let environment = text.split_once(':').unwrap_or_default().1;
            (None, environment.to_owned())
        };
        Self {
            is_first: text.is_empty(),
            environment: Some(environment)
                .filter(|it| !it.is_empty())
                .map(Into::into),
            replaced,
        }
    }

    pub(crate) fn text(&self) -> String {
        let environment = self.environment.as_deref().map_or("", Utf8Path::as_str);
        match &self.replaced {
            Some(directory) => format!("={directory}/{environment}"),
            None => format!(":{environment}"),
        }
    }

    /// What is remembered from now on of the environment that is followed, or of this one, which another has replaced.
    pub(crate) fn now(
        &self,
        environment: Option<Utf8PathBuf>,
        replaced: Option<Utf8PathBuf>,
    ) -> Self {
        let replaced = replaced.filter(|_| self.environment.is_some());
        let kept = || self.environment.clone().filter(|_| replaced.is_some());
        Self {
            is_first: false,
            environment: environment.or_else(kept),
            replaced,
        }
    }
}

impl<'a> Off<'a> {
    /// Behind the path of a place.
    pub(crate) const MARK: &'static str = "/.";

    /// As the shell remembers it.
    pub(crate) fn read(text: &'a str) -> Option<Self> {
        match text.strip_suffix(Self::MARK) {
            _ if text.is_empty() => None,
            Some(place) => Some(Self::Place(place.into())),
            None => Some(Self::Directory(text.into())),
        }
    }
}

impl<'a> State<'a> {
    /// Whether the decision depends on the environment of the place, which takes time to find.
    pub(crate) fn needs_place(&self) -> bool {
        !matches!(self.active, Active::ByHand | Active::Replaced)
    }

    /// Where no environment is entered, seen from that place. Paths are compared by whole components.
    fn off<'b>(&self, place: &Place<'b>) -> Option<&'b Utf8Path>
    where
        'a: 'b,
    {
        let off = match self.active {
            Active::Left(directory) => Off::Directory(directory),
            _ => self.off?,
        };
        match off {
            Off::Directory(directory) => Some(directory).filter(|it| place.here.starts_with(it)),
            Off::Place(left) => {
                let trusted = place.trusted.map(|trusted| trusted.directory);
                trusted.filter(|directory| left.starts_with(directory))
            }
        }
    }

    /// The step from this state at this place.
    pub(crate) fn decide(&self, place: &Place<'_>) -> Decision {
        let off = self.off(place);
        let trusted = place
            .trusted
            .filter(|trusted| off != Some(trusted.directory));
        let (step, owner) = match (self.active, trusted) {
            (Active::ByHand | Active::Replaced, _) | (Active::Nothing | Active::Left(_), None) => {
                (Step::Stay, None)
            }
            (Active::Nothing | Active::Left(_), Some(found)) => {
                (Step::Enter, Some(found.directory))
            }
            (Active::Followed(of), Some(found)) if found.is_active => (Step::Stay, Some(of)),
            (Active::Followed(_), Some(found)) => (Step::Enter, Some(found.directory)),
            (Active::Followed(of), None) if place.here.starts_with(of) => (Step::Stay, Some(of)),
            (Active::Followed(_), None) => (Step::Leave, None),
        };
        Decision {
            step,
            owner: owner.map(Utf8Path::to_owned),
            off: off.map(Utf8Path::to_owned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Is::{ByHand, Followed, Left, Nothing, Replaced};
    use Step::{Enter, Leave, Stay};

    const D: &str = "/p/d";

    /// [`Active`] with text.
    #[derive(Clone, Copy)]
    enum Is {
        Nothing,
        ByHand,
        Followed(&'static str),
        Replaced,
        Left(&'static str),
    }

    impl Is {
        fn active(self) -> Active<'static> {
            match self {
                Nothing => Active::Nothing,
                ByHand => Active::ByHand,
                Followed(of) => Active::Followed(of.into()),
                Replaced => Active::Replaced,
                Left(of) => Active::Left(of.into()),
            }
        }
    }

    /// A row: what is active; `off`; here; the trusted directory, and whether its environment is active; then the step, the owner and `off`.
    type Row = (
        Is,
        Option<&'static str>,
        &'static str,
        Option<(&'static str, bool)>,
        (Step, Option<&'static str>, Option<&'static str>),
    );

    #[rustfmt::skip]
    const ROWS: &[Row] = &[
        // None is active: a trusted one is entered, unless the user said "not here".
        (Nothing, None, D, Some((D, false)), (Enter, Some(D), None)),
        (Nothing, None, "/p/d/sub", Some((D, false)), (Enter, Some(D), None)),
        (Nothing, None, "/p", None, (Stay, None, None)),
        (Nothing, Some(D), D, Some((D, false)), (Stay, None, Some(D))),
        (Nothing, Some(D), "/p/d/sub", Some((D, false)), (Stay, None, Some(D))),
        // Outside, "not here" is forgotten; `d2` begins with `d` but is another directory.
        (Nothing, Some(D), "/p", None, (Stay, None, None)),
        (Nothing, Some(D), "/p/d2", Some(("/p/d2", false)), (Enter, Some("/p/d2"), None)),
        // A nested project is another place; the outer one is still "not here".
        (Nothing, Some(D), "/p/d/n", Some(("/p/d/n", false)), (Enter, Some("/p/d/n"), Some(D))),
        (Followed("/p/d/n"), Some(D), D, Some((D, false)), (Leave, None, Some(D))),
        // Left by hand in a directory of the project: the project is meant.
        (Nothing, Some("/p/d/sub/."), D, Some((D, false)), (Stay, None, Some(D))),
        (Nothing, Some("/p/d/."), "/p/d/sub", Some((D, false)), (Stay, None, Some(D))),
        (Nothing, Some("/p/."), D, Some((D, false)), (Enter, Some(D), None)),
        (Nothing, Some("/p/d/."), "/p", None, (Stay, None, None)),
        // The same environment, also below, and where nothing trusted is nearer.
        (Followed(D), None, D, Some((D, true)), (Stay, Some(D), None)),
        (Followed(D), None, "/p/d/sub", Some((D, true)), (Stay, Some(D), None)),
        (Followed(D), None, "/p/d/sub", None, (Stay, Some(D), None)),
        (Followed(D), None, "/p/e", Some(("/p/e", true)), (Stay, Some(D), None)),
        // Another one: nested, beside, or now the one of this directory.
        (Followed(D), None, "/p/d/n", Some(("/p/d/n", false)), (Enter, Some("/p/d/n"), None)),
        (Followed(D), None, "/p/e", Some(("/p/e", false)), (Enter, Some("/p/e"), None)),
        (Followed(D), None, D, Some((D, false)), (Enter, Some(D), None)),
        // Outside.
        (Followed(D), None, "/p", None, (Leave, None, None)),
        (Followed(D), None, "/p/d2", None, (Leave, None, None)),
        // It was left, or another one came in its place.
        (Left(D), None, D, Some((D, false)), (Stay, None, Some(D))),
        (Left(D), None, "/p/e", Some(("/p/e", false)), (Enter, Some("/p/e"), None)),
        (Left(D), None, "/", None, (Stay, None, None)),
        (Replaced, None, D, Some((D, false)), (Stay, None, None)),
        (Replaced, Some(D), "/p", None, (Stay, None, None)),
        // By hand: never touched.
        (ByHand, None, D, Some((D, false)), (Stay, None, None)),
        (ByHand, None, "/p", None, (Stay, None, None)),
        (ByHand, Some(D), D, Some((D, false)), (Stay, None, Some(D))),
        (ByHand, Some(D), "/p", None, (Stay, None, None)),
    ];

    #[test]
    fn every_row_of_the_table() {
        for (active, off, here, trusted, (step, owner, remembered)) in ROWS.iter().copied() {
            let state = State {
                active: active.active(),
                off: off.and_then(Off::read),
            };
            let place = Place {
                here: here.into(),
                trusted: trusted.map(|(directory, is_active)| Trusted {
                    directory: directory.into(),
                    is_active,
                }),
            };
            let expected = Decision {
                step,
                owner: owner.map(Into::into),
                off: remembered.map(Into::into),
            };
            assert_eq!(state.decide(&place), expected, "{state:?} {place:?}");
        }
    }

    #[test]
    fn what_the_shell_hands_over_comes_back() {
        assert_eq!(Memory::default().text(), ":");
        let entered = Memory::default().now(Some("/envs/a: b//".into()), None);
        let replaced = entered.now(None, Some("/p/=d: x".into()));
        for memory in [Memory::default(), entered, replaced] {
            assert_eq!(Memory::read(&memory.text()), memory);
        }
        assert!(Memory::read("").is_first);
        let unknown = Memory::default().now(None, Some(D.into()));
        assert_eq!(unknown, Memory::default());
    }

    #[test]
    fn what_the_user_entered_needs_no_search() {
        for (active, _, _, _, (step, ..)) in ROWS.iter().copied() {
            let state = State {
                active: active.active(),
                off: None,
            };
            assert!(state.needs_place() || step == Stay, "{state:?}");
        }
    }
}
