package policy

import (
	"bytes"
	"slices"
	"strings"
)

// Shells returns the names of programs that run commands, and of boxes of tools with one.
func Shells() []string {
	return []string{
		"ash", "bash", "busybox", "csh", "dash", "elvish", "fish", "ksh", "mksh", "nu", "oksh", "pwsh",
		"rbash", "rc", "sash", "sh", "tcsh", "toybox", "yash", "zsh",
	}
}

// PackageManagers returns the names of programs that install software.
func PackageManagers() []string {
	return []string{
		"apk", "apt", "apt-cache", "apt-get", "aptitude", "brew", "cargo", "conda", "dnf", "dpkg", "dpkg-deb",
		"easy_install", "emerge", "flatpak", "gem", "guix", "microdnf", "nix", "nix-env", "npm", "npx", "opkg",
		"pacman", "pip", "pip3", "pnpm", "rpm", "snap", "tdnf", "uv", "yarn", "yum", "zypper",
	}
}

// shell holds that nothing in the image runs commands: no shell, no box of tools
// with one, and no script, which needs an interpreter.
func shell(i *Image, _ Expected, r *report) {
	for _, file := range i.files() {
		if !file.mode().IsDir() && slices.Contains(Shells(), file.base()) {
			r.addf("%s is a shell", file)
		} else if bytes.HasPrefix(file.content, []byte("#!")) {
			r.addf("%s is a script", file)
		}
	}
}

// packageManager holds that nothing in the image installs software, and that
// nothing was installed: no package manager's database.
func packageManager(i *Image, _ Expected, r *report) {
	databases := []string{
		"etc/apk", "etc/apt", "etc/dnf", "etc/yum.repos.d", "lib/apk", "nix/store", "usr/lib/apk", "usr/lib/opkg",
		"usr/lib/sysimage", "var/cache/apk", "var/cache/apt", "var/cache/dnf", "var/lib/apt", "var/lib/dnf",
		"var/lib/dpkg", "var/lib/pacman", "var/lib/rpm",
	}
	for _, file := range i.files() {
		if !file.mode().IsDir() && slices.Contains(PackageManagers(), file.base()) {
			r.addf("%s is a package manager", file)
		} else if slices.ContainsFunc(databases, func(database string) bool { return within(file.path(), database) }) {
			r.addf("%s belongs to a package manager", file)
		}
	}
}

// within tells whether a path is that of a directory, or of something in it.
func within(path, directory string) bool {
	return path == directory || strings.HasPrefix(path, directory+"/")
}
