#!/bin/sh
# Puts the program and all that belongs to it below target/package/usr, as packages have it.
# KEYREACH_BINARY names a program that was built already; without it the program is built.
set -eu
cd "$(dirname "$0")/.."
program=${KEYREACH_BINARY:-}
if [ -z "$program" ]; then
  cargo build --release --locked
  program=${CARGO_TARGET_DIR:-target}/release/keyreach
fi
umask 022
rm -rf target/package
usr=target/package/usr
share=$usr/share
doc=$share/doc/keyreach
mkdir -p "$usr/bin" "$share/applications" "$share/icons/hicolor/scalable/apps" "$share/mime/packages" \
  "$share/metainfo" "$share/man/man1" "$share/bash-completion/completions" "$share/zsh/vendor-completions" \
  "$share/fish/vendor_completions.d" "$doc"
cp "$program" "$usr/bin/keyreach"
strip --strip-unneeded "$usr/bin/keyreach"
chmod 755 "$usr/bin/keyreach"
"$program" man "$share/man/man1"
gzip -9n "$share"/man/man1/*.1
"$program" completions bash -o "$share/bash-completion/completions/keyreach"
"$program" completions zsh -o "$share/zsh/vendor-completions/_keyreach"
"$program" completions fish -o "$share/fish/vendor_completions.d/keyreach.fish"
cp packaging/app.keyreach.Keyreach.desktop "$share/applications/"
cp packaging/app.keyreach.Keyreach.svg "$share/icons/hicolor/scalable/apps/"
cp packaging/keyreach-mime.xml "$share/mime/packages/keyreach.xml"
cp packaging/app.keyreach.Keyreach.metainfo.xml "$share/metainfo/"
cp README.md CHANGELOG.md docs/manual.md LICENSE-MIT LICENSE-APACHE "$doc/"
"$program" licences > "$doc/licences.txt"
# Whoever may write here, everybody may read what is installed.
find target/package/usr -type d -exec chmod 755 {} +
find target/package/usr -type f ! -path '*/bin/*' -exec chmod 644 {} +
