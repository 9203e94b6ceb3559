#!/bin/sh
# Fetches csv-spectrum and the big list of naughty strings from npm into a folder:
#
#   tests/fetch-naughty.sh target/naughty
#   KEYREACH_NAUGHTY=$PWD/target/naughty cargo test naughty
set -eu
folder=${1:-${KEYREACH_NAUGHTY:?"name a folder"}}
mkdir -p "$folder"
cd "$folder"
for package in csv-spectrum@2.0.0 big-list-of-naughty-strings@1.0.0; do
    archive=$(npm pack --silent "$package")
    name=${package%@*}
    rm -rf "$name"
    mkdir "$name"
    tar -xzf "$archive" -C "$name" --strip-components=1
    rm "$archive"
done
