#!/usr/bin/env bash
# Packs a release: target/archive/touchstone-VERSION-TARGET.tar.gz and SHA256SUMS beside it.
# The same commit and compiler give the same bytes.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C TZ=UTC

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
target=$(rustc -vV | sed -n 's/^host: //p')
name=touchstone-$version-$target
registry=${CARGO_HOME:-$HOME/.cargo}
moment=$(git log -1 --format=%ct)
archive=target/archive
folder=$archive/$name

# No path of the machine stands in the binary.
RUSTFLAGS="--remap-path-prefix=$PWD=touchstone --remap-path-prefix=$registry=cargo -C strip=debuginfo" \
    cargo build --release --locked
binary=target/release/touchstone

rm -rf "$archive"
mkdir -p "$folder/completions" "$folder/man"
cp "$binary" README.md ARCHITECTURE.md DECISIONS.md CHANGELOG.md LICENSE-* "$folder"
cp -R docs sample-data "$folder"
"$binary" man > "$folder/man/touchstone.1"
"$binary" completions bash > "$folder/completions/touchstone.bash"
"$binary" completions zsh > "$folder/completions/_touchstone"
"$binary" completions fish > "$folder/completions/touchstone.fish"
"$binary" completions powershell > "$folder/completions/_touchstone.ps1"

# The licenses of all that the binary is made of.
cargo tree --locked --edges normal --prefix none --format '{p}|{l}' | sed 's/ (\*)$//' | sort -u |
    while IFS='|' read -r crate license; do
        read -r crate number _ <<< "$crate"
        if [ "$crate" = touchstone ]; then continue; fi
        printf '\n======== %s %s: %s\n' "$crate" "${number#v}" "$license"
        for text in "$registry"/registry/src/*/"$crate-${number#v}"/{LICEN[CS]E,COPYING,NOTICE}*; do
            if [ -f "$text" ]; then printf '\n' && cat "$text"; fi
        done
    done > "$folder/THIRD-PARTY.txt"

tar --create --sort=name --format=ustar --mtime="@$moment" --owner=0 --group=0 --numeric-owner \
    --mode=u=rwX,go=rX --directory "$archive" "$name" | gzip --no-name --best > "$folder.tar.gz"
rm -rf "$folder"
cd "$archive"
sha256sum "$name.tar.gz" | tee SHA256SUMS
