//! Whether an environment may be entered without the user's asking for it. Nothing of the environment is run or sourced to find out.
//!
//! `SECURITY.md` has the rules. A pull, a clone and another user can write into a project, so that neither the content of
//! an environment nor its place proves whose work it is.

mod case;
mod checkout;
mod list;
mod notes;
mod reason;
mod record;
mod refusal;
mod verdict;
mod walk;

pub(crate) use list::Line;
pub(crate) use notes::note;
pub(crate) use record::{allow, allow_below, allowed, consent, deny, undeny};
pub(crate) use refusal::{check_checkout, check_named, check_own, is_of_checkout};
pub(crate) use verdict::{Verdict, verdict, verdict_in_shell};
