package policy

import (
	"strconv"
	"strings"
)

// identity is a user and a group by their numbers.
type identity struct{ uid, gid int }

// identity returns whom the image runs as. The rule user says why there is none.
func (i *Image) identity() (identity, bool) {
	user, group, _ := strings.Cut(i.config.Config.User, ":")
	uid, err := strconv.Atoi(user)
	if err != nil || uid <= 0 {
		return identity{}, false
	}
	gid, err := strconv.Atoi(group)
	if err != nil || gid <= 0 {
		return identity{}, false
	}
	return identity{uid, gid}, true
}

// user holds that the image doesn't run as root, in a way that a platform can
// tell without looking into it: Kubernetes's runAsNonRoot needs a number.
func user(i *Image, want Expected, r *report) {
	got := i.config.Config.User
	if _, ok := i.identity(); !ok {
		r.addf("user %q, want a numeric user and group, neither of them 0", got)
	} else if got != want.User {
		r.addf("user %q, want %q", got, want.User)
	}
}
