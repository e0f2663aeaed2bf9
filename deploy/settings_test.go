package deploy

import (
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"
)

// checkSettings holds that the binary knows each of its variables among settings, and
// takes their values, and that none of them has a password.
func (b binary) checkSettings(settings map[string]string, r *report) {
	own := make(map[string]string)
	for name, value := range settings {
		if strings.HasPrefix(name, "ITEMS_") {
			own[name] = value
			_, known := b.settings[name]
			r.want(known, "none but the binary's variables, not %s", name)
		}
		r.want(!strings.Contains(name, "PASSWORD") || strings.HasSuffix(name, "_FILE"), "no password in the environment, as in %s", name)
		if at, err := url.Parse(value); err == nil && at.User != nil {
			_, has := at.User.Password()
			r.want(!has, "no password in the environment, as in %s", name)
		}
	}
	if complaint := accepts(own); complaint != "" {
		r.addf("the binary says %q", complaint)
	}
}

// value returns a setting, or the binary's default.
func (b binary) value(settings map[string]string, name string) string {
	if value := settings[name]; value != "" {
		return value
	}
	return b.settings[name]
}

// port returns the port of an address that is a setting, or 0 where there is none.
func (b binary) port(settings map[string]string, name string) int32 {
	value := b.value(settings, name)
	port, _ := strconv.ParseInt(value[strings.LastIndex(value, ":")+1:], 10, 32)
	return int32(port)
}

// checkDrain holds that a replica that is told to end has the time to: first the delay,
// which is at least as long as wanted, then the requests in flight, and two seconds to
// close the store.
func (b binary) checkDrain(settings map[string]string, grace, wantDelay time.Duration, r *report) {
	const closing = 2 * time.Second
	delay, _ := time.ParseDuration(b.value(settings, "ITEMS_SHUTDOWN_DELAY"))
	timeout, _ := time.ParseDuration(b.value(settings, "ITEMS_SHUTDOWN_TIMEOUT"))
	r.want(delay >= wantDelay, "a shutdown delay of %v at least, not %v", wantDelay, delay)
	r.want(delay+timeout+closing <= grace, "%v to end, delay %v and timeout %v and %v to close the store, not %v",
		delay+timeout+closing, delay, timeout, closing, grace)
}

// grantable is how many connections PostgreSQL grants unless it is told otherwise: 100,
// of which three are kept for its superuser.
// https://www.postgresql.org/docs/current/runtime-config-connection.html
const grantable = 100 - 3

// checkConnections holds that so many replicas, each with one connection more while it
// migrates, leave PostgreSQL room.
func (b binary) checkConnections(settings map[string]string, replicas int, r *report) {
	each, err := strconv.Atoi(b.value(settings, "ITEMS_STORE_MAX_CONNS"))
	r.want(err == nil, "a number of connections")
	r.want(replicas*each+1 <= grantable, "at most %d connections, not %d of each of %d replicas", grantable, each, replicas)
}

// database returns the URL of the database, or an empty one.
func database(settings map[string]string) *url.URL {
	at, err := url.Parse(settings["ITEMS_STORE"])
	if err != nil {
		return new(url.URL)
	}
	return at
}

// within reports whether file is in dir or below.
func within(file, dir string) bool {
	return dir != "" && strings.HasPrefix(path.Clean(file), path.Clean(dir)+"/")
}
