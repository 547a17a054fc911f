//! One environment on disk: open, create, seed, copy, move, wipe, repair, remove. Nothing here knows a shell.

mod changes;
pub mod create;
mod edited;
mod extra_file;
pub mod layout;
mod lock;
mod move_note;
pub mod name;
mod opened;
mod overview;
pub mod packages;
mod project_link;
pub mod relocate;
mod remove;
mod repair;
mod staging;
mod system_site_packages;
pub mod tools;
mod trash;
pub mod workon_home;

pub use create::{CreateRequest, Created, Linking, OnExisting, create};
pub use extra_file::ExtraFile;
pub use layout::Layout;
pub use name::Name;
pub use opened::{Broken, Environment, is_certain, is_environment};
pub use overview::{Glance, Overview};
pub use packages::installed::Installed;
pub use packages::path_file::PathFile;
pub use packages::seed::Seed;
pub use packages::uninstall::{Wiped, wipe};
pub use relocate::{Copied, CopyRequest, copy, finish, rename};
pub use remove::remove;
pub use repair::{Diagnosis, Rebuild, Repair, RepairRequest, Series, sweep};
pub use system_site_packages::SystemSitePackages;
pub use workon_home::WorkonHome;
