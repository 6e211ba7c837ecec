#!/bin/sh
# Unpack GSL and OpenBLAS for aarch64 into build/aarch64, where tests/portable.sh finds them.
# Nothing is installed, and apt's own lists are left alone.  Needs apt and the network.
set -eu
LC_ALL=C
export LC_ALL
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial" "$scratch/root"
apt() {
    apt-get -q -o APT::Architectures::="$(dpkg --print-architecture)" -o APT::Architectures::=arm64 \
        -o APT::Sandbox::User= -o Dir::State::lists="$scratch/lists" -o Dir::Cache="$scratch/cache" "$@"
}
apt update
cd "$scratch"
apt download libgsl-dev:arm64 libgsl27:arm64 libgslcblas0:arm64 libopenblas-pthread-dev:arm64 \
    libopenblas0-pthread:arm64 libgfortran5:arm64 librandom123-dev
for package in *.deb; do dpkg-deb --extract "$package" root; done
cd "$OLDPWD"
rm -rf build/aarch64
mkdir -p build
mv "$scratch/root" build/aarch64
