//! The shells: their names, quoting, and the text of plans and scripts in each language.
//!
//! Nothing here touches the disk or reads a variable. Its input are values ([`Activation`], [`Plan`]), its output is text.

pub mod activation;
pub mod batch;
pub mod child;
pub mod cmd_words;
pub mod completion;
mod data;
mod dense;
pub mod effect;
pub mod hook;
mod kept;
mod keys;
mod kinds;
pub mod plan;
pub mod prompt;
pub mod quote;
mod respelled;
pub mod snippets;
pub mod startup;
pub mod startup_file;
pub mod variables;

pub use activation::{Activation, Form};
pub use effect::{Call, Effect, Followed, Inherited, Question, Switch};
pub use hook::Hook;
pub use kinds::{Hooked, Shell, UnknownShell, program_name};
pub use plan::{NotRendered, Plan};
pub use quote::{Ident, Unquotable};
pub use variables::Changes;
