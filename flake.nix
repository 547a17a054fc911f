# `nix run github:venvsh/venvsh -- --help`, or as a package of a profile. Built from source; the version is Cargo.toml's.
{
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixpkgs-unstable";

  outputs = { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      cargo = (builtins.fromTOML (builtins.readFile ./Cargo.toml)).package;
      venvsh = pkgs: pkgs.rustPlatform.buildRustPackage {
        pname = cargo.name;
        version = cargo.version;
        src = ./.;
        cargoLock.lockFile = ./Cargo.lock;
        # They start a dozen shells and make environments with every Python that is installed.
        doCheck = false;
        nativeBuildInputs = [ pkgs.installShellFiles ];
        postInstall = ''
          installShellCompletion --cmd venvsh --bash completions/venvsh.bash --zsh completions/_venvsh --fish completions/venvsh.fish
          installManPage completions/venvsh.1
          install -Dm644 -t $out/share/venvsh shells/virtualenvwrapper.sh shells/virtualenvwrapper_lazy.sh
        '';
        meta = {
          inherit (cargo) description;
          homepage = cargo.repository;
          license = pkgs.lib.getLicenseFromSpdxId cargo.license;
          mainProgram = cargo.name;
        };
      };
    in
    {
      packages = nixpkgs.lib.genAttrs systems (system: { default = venvsh nixpkgs.legacyPackages.${system}; });
    };
}
