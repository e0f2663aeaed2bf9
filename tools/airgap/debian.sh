# Sourced by make-bazel and make-go: Debian packages as plain files. Nothing is
# installed: root is not needed, and the machine stays as it is.

# The release after Debian 12 and 13. Its Bazel has modules, and stays at 7.7.
release=forky

# mirror prints the URL of the mirror that this machine takes Debian from.
mirror() {
  local name
  for name in "$(. /etc/os-release && echo "$VERSION_CODENAME")" stable testing unstable; do
    apt-get update --print-uris | sed -n "s#^'\(.*\)/dists/$name/main/.*#\1#p"
  done | grep -m 1 . || {
    echo "apt has no mirror of Debian; add one to /etc/apt/sources.list" >&2
    return 1
  }
}

# write_apt_config FOLDER [PACKAGE...] makes an apt that keeps its state in FOLDER
# and takes each PACKAGE for installed, so that it isn't downloaded. It reaches the
# mirror as the machine's apt does, without that one's hooks.
write_apt_config() {
  local folder=$1 url package
  shift
  mkdir -p -- "$folder"/{lists/partial,archives/partial}
  url=$(mirror)
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $url $release main" >"$folder/sources.list"
  for package in "$@"; do
    printf '%s\n' "Package: $package" "Status: install ok installed" "Version: 99:0" \
      "Architecture: $(dpkg --print-architecture)" "Maintainer: none" "Description: none" ""
  done >"$folder/status"
  {
    apt-config dump | grep '^Acquire::' | grep -v '^Acquire::IndexTargets'
    cat <<END
Acquire::Languages "none";
APT::Install-Recommends "false";
APT::Sandbox::User "root";
Dir::Cache "$folder";
Dir::Etc::main "/dev/null";
Dir::Etc::parts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::Etc::sourcelist "$folder/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::State "$folder";
Dir::State::status "$folder/status";
END
  } >"$folder/apt.conf"
}

# unpack FOLDER PACKAGE... downloads packages with their dependencies as the apt of
# FOLDER/apt sees them, and unpacks them into FOLDER.
unpack() {
  local folder=$1 package
  shift
  export APT_CONFIG=$folder/apt/apt.conf
  apt-get -qq update --error-on=any
  apt-get -qq install --download-only "$@"
  for package in "$folder"/apt/archives/*.deb; do
    dpkg-deb --extract "$package" "$folder"
  done
  # Where root unpacks, nothing here should act as root for others.
  find "$folder" -perm /6000 -exec chmod ug-s {} +
  rm -rf -- "$folder/apt"
}

# move_links FOLDER HOME lets absolute links point into HOME, where FOLDER will be.
move_links() {
  local link
  find "$1" -type l -lname '/*' -print0 | while IFS= read -r -d '' link; do
    ln -sfn -- "$2$(readlink -- "$link")" "$link"
  done
}

# loader FOLDER prints the program that loads the others of FOLDER. It comes with
# their C library, which this machine's may be too old for.
loader() { echo "$1"/usr/lib/*/ld-linux*; }

# unpacked FOLDER COMMAND [ARGUMENT...] runs a program of FOLDER with its libraries.
unpacked() {
  local program=$1/usr/bin/$2 loader
  loader=$(loader "$1")
  shift 2
  "$loader" --library-path "${loader%/*}" "$program" "$@"
}

# move_programs FOLDER HOME FILE... writes into each program and library the loader
# and the libraries of HOME, where FOLDER will be.
move_programs() {
  local folder=$1 home=$2 loader file
  shift 2
  loader=$(loader "$folder")
  loader=$home${loader#"$folder"}
  for file in "$@"; do
    if unpacked "$folder" patchelf --print-interpreter "$file" &>/dev/null; then
      unpacked "$folder" patchelf --set-interpreter "$loader" "$file"
    fi
    # RPATH, unlike the default RUNPATH, also counts for what a library loads.
    unpacked "$folder" patchelf --force-rpath --add-rpath "${loader%/*}" "$file"
  done
}
