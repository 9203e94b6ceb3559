#!/bin/sh
# Builds the program, and puts pages for man, completions and licences into target/package.
set -eu
cd "$(dirname "$0")/.."
cargo build --release --locked
program=target/release/keyreach
stage=target/package
rm -rf "$stage"
mkdir -p "$stage"
"$program" man "$stage/man"
gzip -9n "$stage"/man/*.1
for shell in bash zsh fish; do
  "$program" completions "$shell" -o "$stage/keyreach.$shell"
done
"$program" licences > "$stage/licences.txt"
