//! The texts of the packaging standards, and git's index, as values. Nothing here touches the disk.

pub mod console_script;
pub mod elf;
pub mod entry_points;
pub mod git_index;
pub mod implementation;
pub mod launcher;
mod pyvenv_cfg;
pub mod record;
pub mod release;
pub mod requirement;
pub(crate) mod settings;
pub mod shebang;
pub mod specifiers;
mod variable_names;
pub mod variables;
pub mod version;
pub mod wheel_name;

pub use implementation::Implementation;
pub use pyvenv_cfg::PyvenvCfg;
pub use release::Release;
pub use requirement::Requirement;
pub use specifiers::Specifiers;
pub use version::Version;
