package policy

import (
	"regexp"
	"slices"
	"strings"
)

// secrets holds that nothing is in the image that must not be published: in its
// files, in its configuration, and in how it was built. It knows secrets by their
// form and by the names of variables and files; its violations don't repeat them.
func secrets(i *Image, _ Expected, r *report) {
	forms := secretForms()
	for _, file := range i.files() {
		if secretFile(file.path()) {
			r.addf("%s is where secrets are kept", file)
		}
		for _, form := range forms {
			if form.in(file.content) {
				r.addf("%s has %s", file, form.what)
			}
		}
	}
	// In files, the form of a URL is that of examples as well.
	forms = append(forms, secret{"a password in a URL", "://", regexp.MustCompile(`://[^/\s:@]*:[^/\s@]+@`)})
	for _, text := range i.texts() {
		for _, form := range forms {
			if form.in([]byte(text.content)) {
				r.addf("%s has %s", text.where, form.what)
			}
		}
		for _, assignment := range regexp.MustCompile(`([\w.-]+)=\S`).FindAllStringSubmatch(text.content, -1) {
			if secretName(assignment[1]) {
				r.addf("%s gives a value to %s", text.where, assignment[1])
			}
		}
	}
}

// secretName tells whether a variable is named like a secret. One that says which
// file has the secret is not.
func secretName(name string) bool {
	if strings.HasSuffix(strings.ToLower(name), "_file") {
		return false
	}
	return regexp.MustCompile(
		`(?i)password|passwd|passphrase|secret|token|credential|apikey|(^|[^a-z])(key|pass)([^a-z]|$)`).MatchString(name)
}

// secretFile tells whether programs keep their secrets in such a file.
func secretFile(path string) bool {
	names := []string{
		".docker/config.json", ".dockercfg", ".env", ".git", ".git-credentials", ".htpasswd", ".kube/config",
		".aws/credentials", ".netrc", ".npmrc", ".pgpass", ".pypirc", "id_dsa", "id_ecdsa", "id_ed25519", "id_rsa",
		"etc/shadow", "run/secrets",
	}
	return slices.ContainsFunc(names, func(name string) bool { return path == name || strings.HasSuffix(path, "/"+name) })
}
