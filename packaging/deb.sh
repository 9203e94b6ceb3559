#!/bin/sh
# Builds target/debian/keyreach_*.deb; needs cargo-deb.
set -eu
cd "$(dirname "$0")/.."
packaging/stage.sh
cargo deb --no-build --locked
