package policy

import (
	"slices"
	"strconv"
	"strings"
)

// accounts holds that /etc/passwd and /etc/group name the image's user and group,
// and that nobody can log in.
func accounts(i *Image, _ Expected, r *report) {
	users := i.database("/etc/passwd", 7, r)
	groups := i.database("/etc/group", 4, r)
	for _, user := range users {
		login(user, r)
	}
	id, ok := i.identity()
	if !ok {
		return
	}
	uid, gid := strconv.Itoa(id.uid), strconv.Itoa(id.gid)
	if !slices.ContainsFunc(users, func(user []string) bool { return user[2] == uid && user[3] == gid }) {
		r.addf("/etc/passwd has no user %s with group %s", uid, gid)
	}
	if !slices.ContainsFunc(groups, func(group []string) bool { return group[2] == gid }) {
		r.addf("/etc/group has no group %s", gid)
	}
}

// database returns the records of a file as passwd(5) and group(5) describe it:
// those with so many fields, of which the third is a number.
func (i *Image) database(path string, fields int, r *report) [][]string {
	file, _ := i.find(path)
	var records [][]string
	for line := range strings.Lines(string(file.content)) {
		record := strings.Split(strings.TrimSuffix(line, "\n"), ":")
		if len(record) != fields {
			r.addf("%s has %q, which has not %d fields", path, line, fields)
		} else if _, err := strconv.ParseUint(record[2], 10, 32); err != nil {
			r.addf("%s has %q, in which %q is no number", path, line, record[2])
		} else {
			records = append(records, record)
		}
	}
	return records
}

// login holds that a user has neither a password nor a shell. An empty shell is
// /bin/sh, an empty password is none to ask for.
func login(user []string, r *report) {
	if !slices.Contains([]string{"x", "*", "!"}, user[1]) {
		r.addf("/etc/passwd has a password for %s, want x", user[0])
	}
	shells := []string{"/sbin/nologin", "/usr/sbin/nologin", "/bin/false", "/usr/bin/false"}
	if !slices.Contains(shells, user[6]) {
		r.addf("/etc/passwd has the shell %q for %s, want one of %q", user[6], user[0], shells)
	}
}
