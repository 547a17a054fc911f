//! The texts of the packaging standards, as values. Nothing here touches the disk.

pub mod console_script;
pub mod entry_points;
pub mod record;
pub mod release;
pub mod wheel_name;
