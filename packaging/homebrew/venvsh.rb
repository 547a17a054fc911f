class Venvsh < Formula
  desc "@summary@"
  homepage "@repository@"
  version "@version@"
  license "@license@"

  on_macos do
    on_arm do
      url "@repository@/releases/download/v@version@/venvsh-@version@-aarch64-apple-darwin.tar.gz"
      sha256 "@sha256:aarch64-apple-darwin@"
    end
    on_intel do
      url "@repository@/releases/download/v@version@/venvsh-@version@-x86_64-apple-darwin.tar.gz"
      sha256 "@sha256:x86_64-apple-darwin@"
    end
  end

  on_linux do
    on_arm do
      url "@repository@/releases/download/v@version@/venvsh-@version@-aarch64-unknown-linux-musl.tar.gz"
      sha256 "@sha256:aarch64-unknown-linux-musl@"
    end
    on_intel do
      url "@repository@/releases/download/v@version@/venvsh-@version@-x86_64-unknown-linux-musl.tar.gz"
      sha256 "@sha256:x86_64-unknown-linux-musl@"
    end
  end

  def install
    bin.install "venvsh"
    man1.install "man/man1/venvsh.1"
    bash_completion.install "completions/venvsh.bash" => "venvsh"
    zsh_completion.install "completions/_venvsh"
    fish_completion.install "completions/venvsh.fish"
    pkgshare.install Dir["shells/*"]
  end

  test do
    assert_equal "venvsh #{version}", shell_output("#{bin}/venvsh --version").strip
  end
end
