#!/bin/sh
# Builds target/keyreach-VERSION-linux-ARCH.tar.gz, with the same bytes for the same program.
set -eu
cd "$(dirname "$0")/.."
packaging/stage.sh
version=$(target/package/usr/bin/keyreach --version | cut -d' ' -f2)
name="keyreach-$version-linux-$(uname -m)"
mv target/package/usr "target/package/$name"
mv "target/package/$name/share/zsh/vendor-completions" "target/package/$name/share/zsh/site-functions"
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -C target/package -cf - "$name" |
  gzip -9n > "target/$name.tar.gz"
echo "target/$name.tar.gz"
