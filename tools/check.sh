#!/usr/bin/env bash
# Names what fix.sh would change, and changes nothing: it fixes a copy and compares.
# Run it by Bazel: bazel run //tools:check
set -euo pipefail

copy=$(mktemp -d)
trap 'rm -rf -- "$copy"' EXIT

# bazel-* links to what Bazel built.
skipped=(--exclude=.git --exclude='bazel-*')
tar -C "$BUILD_WORKSPACE_DIRECTORY" "${skipped[@]}" -c . | tar -C "$copy" -x

BUILD_WORKSPACE_DIRECTORY=$copy tools/fix.sh

cd -- "$BUILD_WORKSPACE_DIRECTORY"
if ! changes=$(diff -qr "${skipped[@]}" . "$copy"); then
  echo "tools:fix would change" >&2
  sed -e 's#^Files \./\(.*\) and .* differ$#  \1#' -e "s#^Only in $copy/\\?\\(.*\\): #  \\1/#" <<<"$changes" >&2
  exit 1
fi
echo "tools:fix would change nothing" >&2
