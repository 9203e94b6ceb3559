#!/bin/sh
# Builds target/keyreach-VERSION-linux-ARCH.tar.gz, with the same bytes for the same program.
set -eu
cd "$(dirname "$0")/.."
packaging/stage.sh
version=$(target/release/keyreach --version | cut -d' ' -f2)
name="keyreach-$version-linux-$(uname -m)"
root="target/package/$name"
share="$root/share"
mkdir -p "$root/bin" "$share/applications" "$share/icons/hicolor/scalable/apps" "$share/mime/packages" \
  "$share/metainfo" "$share/man/man1" "$share/bash-completion/completions" "$share/zsh/site-functions" \
  "$share/fish/vendor_completions.d" "$share/doc/keyreach"
cp target/release/keyreach "$root/bin/"
cp packaging/keyreach.desktop "$share/applications/"
cp packaging/keyreach.svg "$share/icons/hicolor/scalable/apps/"
cp packaging/keyreach-mime.xml "$share/mime/packages/keyreach.xml"
cp packaging/keyreach.metainfo.xml "$share/metainfo/"
cp target/package/man/*.1.gz "$share/man/man1/"
cp target/package/keyreach.bash "$share/bash-completion/completions/keyreach"
cp target/package/keyreach.zsh "$share/zsh/site-functions/_keyreach"
cp target/package/keyreach.fish "$share/fish/vendor_completions.d/keyreach.fish"
cp README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE target/package/licences.txt "$share/doc/keyreach/"
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -C target/package -cf - "$name" |
  gzip -9n > "target/$name.tar.gz"
