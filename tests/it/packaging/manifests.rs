//! What Homebrew, Arch Linux, Scoop, winget and Nix read: of this version, with the sums of this release, and correct in
//! its own language.

use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use super::{LINUX, TARGETS, VERSION, WINDOWS, archive, pack, top, unpacked};
use crate::support::{Sandbox, tool};

/// A release and its manifests.
struct Made {
    sandbox: Sandbox,
    files: Utf8PathBuf,
    manifests: Utf8PathBuf,
}

impl Made {
    fn new() -> Option<Self> {
        let sandbox = Sandbox::new();
        let files = pack(&sandbox, None)?;
        let manifests = unpacked(&sandbox, &files.join("manifests.tar.gz"));
        Some(Self {
            sandbox,
            files,
            manifests,
        })
    }

    fn read(&self, name: &str) -> String {
        fs_err::read_to_string(self.manifests.join(name)).unwrap()
    }

    /// The sum of a target's archive, as the release lists it.
    fn sum(&self, target: &str) -> String {
        let sums = fs_err::read_to_string(self.files.join("SHA256SUMS")).unwrap();
        let end = format!("  {}", archive(target));
        let line = sums.lines().find(|line| line.ends_with(&end));
        line.expect("every archive has one")[..64].to_owned()
    }

    fn run(&self, program: &str, words: &[&str], dir: &Utf8Path) -> String {
        let mut command = self.sandbox.command(program);
        self.sandbox
            .finish(command.args(words).current_dir(dir))
            .ok()
    }
}

fn url(target: &str) -> String {
    let name = archive(target);
    format!("https://github.com/venvsh/venvsh/releases/download/v{VERSION}/{name}")
}

#[test]
fn every_manifest_is_of_this_version_and_this_release() {
    let Some(made) = Made::new() else { return };
    let names = super::names(&made.manifests);
    assert_eq!(
        names,
        [
            "aur/.SRCINFO",
            "aur/PKGBUILD",
            "homebrew/venvsh.rb",
            "scoop/venvsh.json",
            "winget/venvsh.venvsh.installer.yaml",
            "winget/venvsh.venvsh.locale.en-US.yaml",
            "winget/venvsh.venvsh.yaml",
        ]
    );
    for loose in ["aur/PKGBUILD", "scoop/venvsh.json"] {
        let name = Utf8Path::new(loose).file_name().unwrap();
        let file = fs_err::read_to_string(made.files.join(name)).unwrap();
        assert_eq!(file, made.read(loose));
    }
    let place_holder = regex::Regex::new(r"@[\w:-]+@").unwrap();
    let sum = regex::Regex::new(r"\b[0-9a-f]{64}\b").unwrap();
    for name in names {
        let text = made.read(&name);
        assert!(!place_holder.is_match(&text), "{name}: {text}");
        assert!(text.contains(VERSION), "{name}");
        // Each archive that it names has its sum there, and no other sum is there.
        let mut expected: Vec<_> = TARGETS
            .iter()
            .filter(|target| text.contains(&url(target)))
            .map(|target| made.sum(target))
            .collect();
        let mut found: Vec<_> = sum.find_iter(&text).map(|sum| sum.as_str()).collect();
        expected.sort();
        found.sort_unstable();
        assert_eq!(found, expected, "{name}");
    }
}

/// Homebrew's words, as far as the formula needs them: what is taken on each system, and what is installed from it.
const HOMEBREW: &str = r##"
class Formula
  class << self
    attr_reader :version
    def system_is(*names) = @@names = names
    def on_macos = @@names.include?("macos") && yield
    def on_linux = @@names.include?("linux") && yield
    def on_arm = @@names.include?("arm") && yield
    def on_intel = @@names.include?("intel") && yield
    def version(text) = puts("version #{text}")
    def url(text) = puts("url #{text}")
    def sha256(text) = puts("sha256 #{text}")
    def desc(text) = text.size < 80 && text !~ /\.$/ || raise("desc")
    def homepage(text) = text
    def license(text) = text
    def test = nil
  end
  class Place
    def initialize(name) = @name = name
    def install(*files)
      files.flatten.flat_map { |file| file.is_a?(Hash) ? file.to_a : [[file, File.basename(file)]] }.each do |from, to|
        File.file?(from) or raise "not in the archive: #{from}"
        puts "#{@name} #{to}"
      end
    end
  end
  def method_missing(name, *) = Place.new(name)
end
Formula.system_is(*ARGV[1..])
load ARGV[0]
Venvsh.new.install
"##;

#[test]
fn the_formula_takes_the_archive_of_each_system() {
    let Some(ruby) = tool("ruby", "packaging") else {
        return;
    };
    let Some(made) = Made::new() else { return };
    let formula = made.manifests.join("homebrew/venvsh.rb");
    let dir = unpacked(&made.sandbox, &made.files.join(archive(LINUX)));
    let dir = dir.join(format!("venvsh-{VERSION}-{LINUX}"));
    let script = made.sandbox.write("homebrew.rb", HOMEBREW);
    for (system, processor, target) in [
        ("linux", "intel", LINUX),
        ("linux", "arm", "aarch64-unknown-linux-musl"),
        ("macos", "intel", "x86_64-apple-darwin"),
        ("macos", "arm", "aarch64-apple-darwin"),
    ] {
        let words = ["-w", script.as_str(), formula.as_str(), system, processor];
        let output = made.run(ruby.as_str(), &words, &dir);
        let expected = format!(
            "version {VERSION}\nurl {}\nsha256 {}\nbin venvsh\nman1 venvsh.1\nbash_completion venvsh\n\
             zsh_completion _venvsh\nfish_completion venvsh.fish\npkgshare virtualenvwrapper.sh\n\
             pkgshare virtualenvwrapper_lazy.sh",
            url(target),
            made.sum(target),
        );
        let mut lines: Vec<_> = output.lines().collect();
        lines[8..].sort_unstable();
        assert_eq!(lines.join("\n"), expected);
    }
}

/// The functions of makepkg judge the file and print its `.SRCINFO`; makepkg itself does not run as root.
const MAKEPKG: &str = "export LIBRARY=/usr/share/makepkg CARCH=x86_64
for part in util tidy buildenv lint_pkgbuild srcinfo; do . $LIBRARY/$part.sh; done
. ./PKGBUILD
lint_pkgbuild >&2 && write_srcinfo";

#[test]
fn the_package_build_of_arch_linux_is_right_and_installs() {
    if tool("makepkg", "packaging").is_none() {
        return;
    }
    let Some(made) = Made::new() else { return };
    let dir = made.manifests.join("aur");
    let found = made.run("bash", &["-c", MAKEPKG], &dir);
    let found: Vec<_> = found
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    assert_eq!(found.join("\n"), made.read("aur/.SRCINFO").trim_end());

    let source = unpacked(&made.sandbox, &made.files.join(archive(LINUX)));
    let root = made.sandbox.path("arch");
    let script = format!("set -eu; CARCH=x86_64 pkgdir={root}; . {dir}/PKGBUILD; package");
    made.run("bash", &["-c", &script], &source);
    assert_eq!(
        super::names(&root),
        [
            "usr/bin/venvsh",
            "usr/share/bash-completion/completions/venvsh",
            "usr/share/fish/vendor_completions.d/venvsh.fish",
            "usr/share/licenses/venvsh-bin/LICENSE",
            "usr/share/man/man1/venvsh.1",
            "usr/share/venvsh/virtualenvwrapper.sh",
            "usr/share/venvsh/virtualenvwrapper_lazy.sh",
            "usr/share/zsh/site-functions/_venvsh",
        ]
    );
}

#[test]
fn scoop_and_winget_take_the_archive_of_windows() {
    let Some(ruby) = tool("ruby", "packaging") else {
        return;
    };
    let Some(made) = Made::new() else { return };
    let scoop: Value = serde_json::from_str(&made.read("scoop/venvsh.json")).unwrap();
    let build = &scoop["architecture"]["64bit"];
    let folder = format!("venvsh-{VERSION}-{WINDOWS}");
    assert_eq!(scoop["version"], VERSION);
    assert_eq!(scoop["bin"], "venvsh.exe");
    assert_eq!(build["url"], url(WINDOWS));
    assert_eq!(build["hash"], made.sum(WINDOWS));
    assert_eq!(build["extract_dir"], folder);
    let update = &scoop["autoupdate"]["architecture"]["64bit"];
    for key in ["url", "extract_dir"] {
        let next = update[key].as_str().unwrap().replace("$version", VERSION);
        assert_eq!(build[key], next, "{key}");
    }

    let yaml = |name: &str| -> Value {
        let file = made
            .manifests
            .join(format!("winget/venvsh.venvsh{name}.yaml"));
        let script = "puts JSON.dump(YAML.safe_load(File.read(ARGV[0])))";
        let words = ["-ryaml", "-rjson", "-e", script, file.as_str()];
        serde_json::from_str(&made.run(ruby.as_str(), &words, &made.manifests)).unwrap()
    };
    for (name, kind) in [
        ("", "version"),
        (".installer", "installer"),
        (".locale.en-US", "defaultLocale"),
    ] {
        let text = yaml(name);
        assert_eq!(text["PackageIdentifier"], "venvsh.venvsh", "{name}");
        assert_eq!(text["PackageVersion"], VERSION, "{name}");
        assert_eq!(text["ManifestType"], kind);
    }
    let installer = yaml(".installer");
    assert_eq!(installer["Installers"][0]["InstallerUrl"], url(WINDOWS));
    assert_eq!(
        installer["Installers"][0]["InstallerSha256"],
        made.sum(WINDOWS)
    );
    let nested = &installer["NestedInstallerFiles"][0]["RelativeFilePath"];
    assert_eq!(nested, &format!("{folder}\\venvsh.exe"));
    let locale = yaml(".locale.en-US");
    for key in [
        "PackageLocale",
        "Publisher",
        "PackageName",
        "License",
        "ShortDescription",
    ] {
        assert!(locale[key].is_string(), "{key}");
    }
}

/// The flake with as much of nixpkgs as it asks for.
#[test]
fn the_flake_is_of_this_version() {
    let Some(nix) = tool("nix-instantiate", "packaging") else {
        return;
    };
    let mut sandbox = Sandbox::new();
    for (name, dir) in [
        ("NIX_STORE_DIR", "store"),
        ("NIX_STATE_DIR", "state"),
        ("NIX_LOG_DIR", "log"),
    ] {
        let dir = sandbox.path(dir);
        fs_err::create_dir(&dir).unwrap();
        sandbox.env(name, dir.as_str());
    }
    let text = format!(
        r#"
        let
          pkgs = {{
            rustPlatform.buildRustPackage = attributes: attributes;
            installShellFiles = "installShellFiles";
            lib.getLicenseFromSpdxId = id: id;
          }};
          nixpkgs = {{
            lib.genAttrs = names: value: builtins.listToAttrs (map (name: {{ inherit name; value = value name; }}) names);
            legacyPackages = builtins.listToAttrs (map (name: {{ inherit name; value = pkgs; }})
              [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ]);
          }};
          made = ((import {}/flake.nix).outputs {{ self = null; inherit nixpkgs; }}).packages;
        in
        builtins.mapAttrs (_: package: builtins.removeAttrs package.default [ "src" "cargoLock" ]) made
        "#,
        top()
    );
    let mut command = sandbox.command(nix);
    command.args(["--eval", "--strict", "--json", "--expr", &text]);
    let found: Value = serde_json::from_str(&sandbox.finish(&mut command).ok()).unwrap();
    let systems = found.as_object().unwrap();
    assert_eq!(systems.len(), 4);
    for package in systems.values() {
        assert_eq!(package["pname"], "venvsh");
        assert_eq!(package["version"], VERSION);
        assert_eq!(package["meta"]["mainProgram"], "venvsh");
        let steps = package["postInstall"].as_str().unwrap();
        let mut files = 0;
        for word in steps
            .split_whitespace()
            .filter(|word| word.contains('/') && !word.starts_with('$'))
        {
            assert!(top().join(word).is_file(), "{word}");
            files += 1;
        }
        assert_eq!(files, 6, "{steps}");
    }
}
