//! Packs the files of `completions/`: as they are, they were a twelfth of the program.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a build script reads files and variables, and prints to cargo"
)]

use std::path::Path;
use std::{env, fs};

use zlib_rs::{DeflateConfig, compress_bound, compress_slice};

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=completions");
    let mut files: Vec<_> = fs::read_dir("completions")?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    let mut texts = Vec::new();
    for file in files {
        let name = file.file_name();
        for part in [name.as_encoded_bytes(), &fs::read(file.path())?] {
            texts.extend_from_slice(part);
            texts.push(0);
        }
    }
    let config = DeflateConfig {
        // Without a header.
        window_bits: -15,
        ..DeflateConfig::best_compression()
    };
    let mut buffer = vec![0; compress_bound(texts.len())];
    let (packed, _) = compress_slice(&mut buffer, &texts, config);
    let out = env::var_os("OUT_DIR").expect("cargo names the directory");
    fs::write(Path::new(&out).join("completions"), packed)
}
