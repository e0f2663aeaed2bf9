#!/usr/bin/env bash
# Formats and regenerates everything in the workspace: go.mod, Go and BUILD files.
# Run it by Bazel, which gives it Go and Gazelle: bazel run //tools:fix
set -euo pipefail

buildifier_version=8.2.1

# Bazel runs it in its runfiles of this repository, beside those of others.
RUNFILES_DIR=$(dirname -- "$PWD")
export RUNFILES_DIR
gazelle=$RUNFILES_DIR/$GAZELLE

# buildifier runs the pinned version, which npm puts into the user's cache once.
buildifier() {
  local folder=${XDG_CACHE_HOME:-$HOME/.cache}/multistage/buildifier-$buildifier_version
  if [[ ! -d $folder ]]; then
    command -v npm >/dev/null || {
      echo "tools:fix needs npm for buildifier; install Debian's npm or Node.js" >&2
      return 1
    }
    echo "tools:fix: buildifier $buildifier_version from npm, once" >&2
    npm install --silent --prefix "$folder.$$" "@bazel/buildifier@$buildifier_version"
    mv -- "$folder.$$" "$folder" 2>/dev/null || rm -rf -- "$folder.$$"
  fi
  "$folder/node_modules/.bin/buildifier" "$@"
}

cd -- "$BUILD_WORKSPACE_DIRECTORY"
# Not through the go of rules_go: that runs Bazel in turn where go.mod changes.
sdk=$("$RUNFILES_DIR/$GO" env GOROOT)
for module in . bench bench/peers/pocketbase compare/ko deploy e2e/registry; do
  GOROOT=$sdk GOTOOLCHAIN=local "$sdk/bin/go" -C "$module" mod tidy
done
"$sdk/bin/gofmt" -w .
"$gazelle"
buildifier -lint=fix -r .
# What can't be fixed is an error.
buildifier -mode=check -lint=warn -r .
