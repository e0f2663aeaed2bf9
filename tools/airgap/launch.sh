# Sourced by tools/bazel: runs the Bazel that this folder makes.

airgap=$tools/airgap

# key FILE... prints what names a prepared folder: it changes with each FILE, the
# machine, and the cache itself, whose path is written into programs.
key() {
  { cat -- "$@"; uname -m; echo "$cache"; } | sha256sum | cut -c 1-12
}

# require COMMAND... ends with one line where a command is missing.
require() {
  local command
  for command in "$@"; do
    command -v "$command" >/dev/null ||
      die "no Bazel that reaches the central registry, and no $command to make one of Debian packages; install Bazelisk"
  done
}

# prepare FOLDER WHAT COMMAND [ARGUMENT...] makes a folder once: COMMAND fills
# FOLDER.partial, which gets its name when it is whole.
prepare() {
  local folder=$1 what=$2 lock
  shift 2
  [[ -d $folder ]] && return
  require flock sha256sum
  mkdir -p -- "${folder%/*}"
  exec {lock}>"$folder.lock"
  if ! flock --nonblock "$lock"; then
    say "another tools/bazel prepares $what; waiting for it"
    flock "$lock"
  fi
  if [[ ! -d $folder ]]; then
    rm -rf -- "$folder.partial"
    mkdir -- "$folder.partial"
    logged "$folder.log" "$lock" "preparing $what, once" "$@"
    mv -- "$folder.partial" "$folder"
  fi
  exec {lock}>&-
}

# logged LOG LOCK TEXT COMMAND [ARGUMENT...] shows TEXT and a dot every two seconds
# while COMMAND runs, and the end of LOG where it fails. COMMAND holds LOCK, the
# dots don't.
logged() {
  local log=$1 lock=$2 text=$3 dots status=0 begin=$SECONDS
  shift 3
  printf 'tools/bazel: %s ' "$text" >&2
  (exec {lock}>&- && while sleep 2 &>/dev/null; do printf . >&2; done) &
  dots=$!
  # Without this the dots go on when Ctrl-C ends the rest.
  trap 'kill "$dots" 2>/dev/null || true' EXIT
  "$@" &>"$log" || status=$?
  kill "$dots"
  trap - EXIT
  if ((status != 0)); then
    printf ' failed\n' >&2
    tail -n 20 -- "$log" >&2
    die "see $log"
  fi
  printf ' %d s\n' $((SECONDS - begin)) >&2
}

# wanted_go prints the Go version that go.mod asks for, as rules_go reads it.
wanted_go() {
  awk '$1 == "go" { version = $2 } $1 == "toolchain" { version = substr($2, 3) } END { print version }' "$workspace/go.mod"
}

# goroot GO prints the SDK of the wanted version. Go from 1.21 on downloads it
# from the Go module proxy where it is another version itself.
goroot() {
  local root want
  want=go$(wanted_go)
  root=$(cd -- "$workspace" && GOTOOLCHAIN=$want "$1" env GOROOT) || return
  grep -qsx "$want" "$root/VERSION" && echo "$root"
}

# find_go sets go to a Go command and sdk to the SDK of the wanted version.
find_go() {
  if go=$(command -v go) && sdk=$(goroot "$go"); then
    return
  fi
  local folder
  folder=$cache/go-$(key "$airgap"/{debian.sh,make-go})
  prepare "$folder" "Go from Debian packages (50 MB)" "$airgap/make-go" "$folder"
  go=$folder/usr/bin/go
  sdk=$(goroot "$go") || die "found no Go SDK of version $(wanted_go); is the Go module proxy reachable?"
}

# rc prints a file with the flags of the template, written where it is not there.
rc() {
  local text file
  text=$(<"$airgap/bazelrc")
  text=${text//@bazel@/"$1"}
  text=${text//@modules@/"$2"}
  text=${text//@sdk@/"$3"}
  file=$cache/bazelrc-$(sha256sum <<<"$text" | cut -c 1-12)
  if [[ ! -f $file ]]; then
    echo "$text" >"$file.$$"
    mv -- "$file.$$" "$file"
  fi
  echo "$file"
}

# output_root prints where Bazel keeps what it builds when its own choice would
# have a space in its path: Go does not build below one.
output_root() {
  local root=/var/tmp/bazel-$UID
  mkdir -p -m 700 -- "$root"
  [[ -O $root ]] || die "$root belongs to somebody else; set XDG_CACHE_HOME to a folder without a space"
  echo "$root"
}

# launch runs Bazel. Java's second compiler is off: a project of this size is built
# before it pays off, and the server starts in two thirds of the time.
launch() {
  local version bazel go sdk modules rc root options
  version=$(<"$workspace/.bazelversion")
  require apt-get dpkg-deb
  bazel=$cache/bazel-$version-$(key "$airgap"/{debian.sh,make-bazel,patches/bazel*} "$workspace/.bazelversion")
  prepare "$bazel" "Bazel $version from Debian packages (200 MB)" "$airgap/make-bazel" "$bazel" "$version"
  find_go
  modules=$cache/modules-$(key "$airgap"/{make-modules,patches/rules_go*} <(grep -E '"(gazelle|rules_go)"' "$workspace/MODULE.bazel"))
  prepare "$modules" "rules_go and Gazelle from the Go module proxy" \
    "$airgap/make-modules" "$modules" "$bazel" "$go" "$workspace/MODULE.bazel"
  rc=$(rc "$bazel" "$modules" "$sdk")
  options=(
    --nosystem_rc
    --install_base="$bazel/usr/share/bazel"
    --trust_install_base
    --server_javabase="$bazel/usr/lib/jvm/default-java"
    --host_jvm_args=-XX:TieredStopAtLevel=1
    --bazelrc="$rc"
  )
  if [[ ${XDG_CACHE_HOME:-$HOME} == *' '* ]]; then
    root=$(output_root)
    options+=(--output_user_root="$root")
  fi
  exec "$bazel/usr/bin/bazel" "${options[@]}" "$@"
}
