#!/bin/sh
# Builds target/debian/keyreach_VERSION_ARCH.deb, with the same bytes for the same program and commit; needs
# dpkg-dev. KEYREACH_MAINTAINER says whom the package names for questions.
set -eu
cd "$(dirname "$0")/.."
packaging/stage.sh
maintainer=${KEYREACH_MAINTAINER:-The Keyreach authors <nobody@keyreach.invalid>}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH
root=target/package
doc=$root/usr/share/doc/keyreach
version=$("$root/usr/bin/keyreach" --version | cut -d' ' -f2)
architecture=$(dpkg --print-architecture)

# What Debian wants beside the program.
{
  echo "Keyreach is given away under the licence below or, at your option, under the Apache License 2.0"
  echo "(/usr/share/common-licenses/Apache-2.0). licences.txt names what it is built from."
  echo
  cat LICENSE-MIT
} > "$doc/copyright"
rm "$doc/LICENSE-MIT" "$doc/LICENSE-APACHE"
{
  echo "keyreach ($version) unstable; urgency=medium"
  echo
  echo "  * All changes are in CHANGELOG.md.gz."
  echo
  echo " -- $maintainer  $(date -u -R -d "@$SOURCE_DATE_EPOCH")"
} | gzip -9n > "$doc/changelog.gz"
gzip -9n "$doc/CHANGELOG.md" "$doc/manual.md" "$doc/licences.txt"

# What lintian takes for zlib is its port to Rust, linked like all that is written in Rust.
mkdir -p "$root/usr/share/lintian/overrides"
echo "keyreach: embedded-library zlib [usr/bin/keyreach]" > "$root/usr/share/lintian/overrides/keyreach"

# The libraries that the program is linked to, with the versions that it needs.
mkdir -p target/package-control/debian
printf 'Source: keyreach\n\nPackage: keyreach\nArchitecture: any\n' > target/package-control/debian/control
depends=$(cd target/package-control && dpkg-shlibdeps -O -e../package/usr/bin/keyreach | sed 's/^shlibs:Depends=//')
rm -r target/package-control

mkdir -p "$root/DEBIAN"
{
  echo "Package: keyreach"
  echo "Version: $version"
  echo "Architecture: $architecture"
  echo "Maintainer: $maintainer"
  echo "Section: utils"
  echo "Priority: optional"
  echo "Installed-Size: $(du -sk "$root/usr" | cut -f1)"
  echo "Depends: $depends"
  # The window loads these once it is opened.
  echo "Recommends: libx11-6, libxcursor1, libxi6, libxkbcommon-x11-0, libgl1, libegl1, mesa-vulkan-drivers"
  echo "Suggests: xdg-utils"
  echo "Description: shows how far one key reaches"
  sed 's/^/ /' packaging/description.txt
} > "$root/DEBIAN/control"
(cd "$root" && find usr -type f | LC_ALL=C sort | xargs md5sum) > "$root/DEBIAN/md5sums"
find "$root" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
mkdir -p target/debian
dpkg-deb --root-owner-group -Zxz --build "$root" "target/debian/keyreach_${version}_$architecture.deb"
