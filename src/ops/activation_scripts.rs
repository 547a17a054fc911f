//! The activation scripts of an environment, as text.

use camino::Utf8Path;

use crate::error::Error;
use crate::platform::Platform;
use crate::shell::activation::Activator;
use crate::shell::{Activation, Form, Shell, Unquotable};

/// Activation scripts, ready to be written: one text, and where each script is in it.
pub(crate) struct ActivationScripts {
    text: String,
    files: Vec<(&'static str, std::ops::Range<usize>)>,
}

impl ActivationScripts {
    /// The scripts for these shells; without any, for all but cmd. csh does not say where a script is: a relocatable environment has
    /// none for it.
    ///
    /// # Errors
    /// When a language cannot express a value.
    pub(crate) fn of(activation: &Activation, shells: &[Shell]) -> Result<Self, Unquotable> {
        let wanted = |activator: &&Activator| match shells {
            [] => {
                Platform::HERE == Platform::Windows
                    || activator.serves(Shell::Bash)
                    || !activator.serves(Shell::Cmd)
            }
            shells => shells.iter().any(|&shell| activator.serves(shell)),
        };
        let mut scripts = Self {
            text: String::with_capacity(4 * Activator::LONGEST),
            files: Vec::new(),
        };
        let can = |activator: &&Activator| {
            !activation.relocatable || **activator != Activator::of_shell(Shell::Tcsh)
        };
        for activator in Activator::ALL.iter().filter(wanted).filter(can) {
            let start = scripts.text.len();
            activator.render_into(activation, Form::File, &mut scripts.text)?;
            scripts
                .files
                .push((activator.file(), start..scripts.text.len()));
        }
        Ok(scripts)
    }

    /// Writes the scripts into that `bin`; readers see the old ones or the new ones.
    ///
    /// # Errors
    /// When a script cannot be written.
    pub(crate) fn write(&self, bin: &Utf8Path) -> Result<(), Error> {
        for (file, text) in self.files() {
            crate::fs::write_atomic(&bin.join(file), text)?;
        }
        Ok(())
    }

    /// Their names in `bin`, and their texts.
    pub(crate) fn files(&self) -> Vec<(&str, &str)> {
        self.files
            .iter()
            .map(|(file, range)| (*file, &self.text[range.clone()]))
            .collect()
    }
}
