package deploy

import (
	"fmt"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/compose-spec/compose-go/v2/types"
)

// replicaNames are the services that clients are answered by.
var replicaNames = []string{"items-1", "items-2"}

// services holds that there are just these.
func services(m *machine, r *report) {
	got := slices.Sorted(maps.Keys(m.Services))
	wanted := []string{"items-1", "items-2", "migrate", "nginx", "postgres"}
	r.want(slices.Equal(got, wanted), "%q, not %q", wanted, got)
}

// locked holds that each container can do no more than it has to.
func locked(m *machine, r *report) {
	for name, s := range m.Services {
		r.want(s.ReadOnly, "a read-only root of %s", name)
		r.want(slices.Equal(s.CapDrop, []string{"ALL"}) && len(s.CapAdd) == 0 && !s.Privileged, "no capability in %s", name)
		r.want(slices.Equal(s.SecurityOpt, []string{"no-new-privileges:true"}), "no new privileges in %s, nor another option", name)
		r.want(s.NetworkMode == "" && s.Pid == "" && s.Ipc == "" && s.UserNSMode == "" && len(s.Devices) == 0, "nothing of the machine in %s", name)
		r.want(s.MemLimit > 0 && s.CPUS > 0 && s.PidsLimit > 0, "limits of memory, CPU and processes in %s", name)
		r.want(s.Restart != "" && s.Restart != "no", "%s to be started again", name)
		r.want(s.Logging != nil && s.Logging.Driver == "local", "a log of %s that is bounded", name)
		for _, volume := range s.Volumes {
			r.want(volume.Type == types.VolumeTypeVolume || volume.ReadOnly, "%s of the machine to be read only in %s", volume.Source, name)
			r.want(!strings.HasSuffix(volume.Source, ".sock"), "no engine in %s", name)
		}
	}
}

// users holds that no container is root, by numbers that need no file to be understood, and that the
// service is the user of its image.
func users(m *machine, r *report) {
	number := regexp.MustCompile(`^[1-9][0-9]*:[1-9][0-9]*$`)
	for name, s := range m.Services {
		r.want(number.MatchString(s.User), "a user and a group of %s, not %q", name, s.User)
		if slices.Contains(replicaNames, name) || name == "migrate" {
			same(r, "the user of "+name, s.User, m.binary.uid+":"+m.binary.gid)
			same(r, "the image of "+name, s.Image, "items")
		}
		r.want(!strings.Contains(s.Image, "/"), "no registry in %s", s.Image)
	}
}

// environment holds that the binary takes its settings, and that nobody gets a password by one.
func environment(m *machine, r *report) {
	for _, s := range m.Services {
		m.binary.checkSettings(variables(s), r)
	}
}

// variables returns the environment of a container.
func variables(s types.ServiceConfig) map[string]string {
	set := make(map[string]string)
	for name, value := range s.Environment {
		if value != nil {
			set[name] = *value
		}
	}
	return set
}

// secrets holds that each container is given the files that its settings name, and no other.
func secrets(m *machine, r *report) {
	for name, wanted := range map[string][]string{
		"items-1": {"pgpass"}, "items-2": {"pgpass"}, "migrate": {"pgpass"},
		"nginx": nil, "postgres": {"pgpass", "postgres-password"},
	} {
		var got []string
		for _, secret := range m.Services[name].Secrets {
			got = append(got, secret.Source)
		}
		slices.Sort(got)
		r.want(slices.Equal(got, wanted), "%s to be given %q, not %q", name, wanted, got)
		for variable, value := range variables(m.Services[name]) {
			if variable == "PGPASSFILE" || strings.HasSuffix(variable, "_FILE") {
				r.want(path.Dir(value) == "/run/secrets" && slices.Contains(got, path.Base(value)), "%s to name a secret", variable)
			}
		}
	}
	for name, secret := range m.Secrets {
		r.want(path.Dir(secret.File) == "./secrets" || path.Base(path.Dir(secret.File)) == "secrets", "%s in secrets/, which is not checked in", name)
	}
	r.want(variables(m.Services["items-1"])["PGPASSFILE"] != "", "a file with the password of the database")
}

// networks holds that the database is not reached from where clients come, nor is anything outside from
// the replicas and the database.
func networks(m *machine, r *report) {
	for name, wanted := range map[string][]string{
		"items-1": {"database", "service"}, "items-2": {"database", "service"}, "migrate": {"database"},
		"nginx": {"front", "service"}, "postgres": {"database"},
	} {
		got := slices.Sorted(maps.Keys(m.Services[name].Networks))
		r.want(slices.Equal(got, wanted), "%s in %q, not %q", name, wanted, got)
	}
	for name, network := range m.Networks {
		r.want(bool(network.Internal) == (name == "service" || name == "database"), "service and database to lead nowhere, and front out")
	}
}

// published holds that only nginx is reached from outside, and from this machine alone unless the
// user says otherwise.
func published(m *machine, r *report) {
	for name, s := range m.Services {
		if name != "nginx" {
			r.want(len(s.Ports) == 0, "no port of %s", name)
		}
	}
	ports := m.Services["nginx"].Ports
	if len(ports) != 1 {
		r.addf("want one port of nginx, not %d", len(ports))
		return
	}
	same(r, "the address of nginx", ports[0].HostIP, "127.0.0.1")
	r.want(strings.Contains(m.nginx, fmt.Sprintf("\tlisten %d;\n", ports[0].Target)), "the port at which nginx listens")
}

// order holds that each starts when what it needs is there.
func order(m *machine, r *report) {
	var got []string
	for name, s := range m.Services {
		for _, on := range slices.Sorted(maps.Keys(s.DependsOn)) {
			got = append(got, fmt.Sprintf("%s after %s %s", name, on, s.DependsOn[on].Condition))
			r.want(s.DependsOn[on].Required, "%s to need %s", name, on)
		}
	}
	slices.Sort(got)
	wanted := []string{
		"items-1 after migrate service_completed_successfully",
		"items-2 after migrate service_completed_successfully",
		"migrate after postgres service_healthy",
		"nginx after items-1 service_healthy",
		"nginx after items-2 service_healthy",
	}
	r.want(slices.Equal(got, wanted), "%q, not %q", wanted, got)
	migrate := m.Services["migrate"]
	r.want(slices.Equal(migrate.Command, []string{"migrate"}) && slices.Contains(m.binary.commands, "migrate"), "the command migrate, which the binary has")
	r.want(strings.HasPrefix(migrate.Restart, "on-failure"), "migrate to end")
}

// health holds that each that goes on is asked how it is, within the time of one check.
func health(m *machine, r *report) {
	for name, s := range m.Services {
		if name == "migrate" {
			continue
		}
		check := s.HealthCheck
		if check == nil || check.Disable || len(check.Test) < 2 || check.Interval == nil || check.Timeout == nil {
			r.addf("want a check of %s", name)
			continue
		}
		same(r, "how "+name+" is asked", check.Test[0], "CMD")
		if slices.Contains(replicaNames, name) {
			r.want(slices.Equal(check.Test[1:], []string{"/server", "healthcheck"}) && slices.Contains(m.binary.commands, "healthcheck"),
				"the command healthcheck, which the binary has, not %q", check.Test)
		}
	}
	if check := m.Services["nginx"].HealthCheck; check != nil && check.Interval != nil {
		m.checkAsked(check, r)
		fail, _ := m.failTimeout()
		r.want(time.Duration(*check.Interval) < fail, "nginx to be asked more often than every %v", fail)
	}
}

// checkAsked holds that nginx is asked often enough to meet a replica that drains: each
// time is one replica's turn, and docs/scaling.md wants ten in a delay. A check that has just
// been when a delay begins does not count.
func (m *machine) checkAsked(check *types.HealthCheckConfig, r *report) {
	found := regexp.MustCompile(` http://127\.0\.0\.1:8080/readyz\?\[1-(\d+)\]$`).FindStringSubmatch(strings.Join(check.Test, " "))
	if found == nil {
		r.addf("want nginx to be asked for /readyz some times, by which it learns of the replicas, not %q", check.Test)
		return
	}
	times, _ := strconv.Atoi(found[1])
	delay, _ := time.ParseDuration(m.binary.value(variables(m.Services["items-1"]), "ITEMS_SHUTDOWN_DELAY"))
	if interval := time.Duration(*check.Interval); interval > 0 {
		times *= int(delay/interval) - 1
	}
	r.want(times >= 10, "nginx to be asked 10 times in a shutdown delay of %v, not %d", delay, times)
}

// replicas holds that both are the same.
func replicas(m *machine, r *report) {
	first, second := m.Services["items-1"], m.Services["items-2"]
	second.Name = first.Name
	r.want(reflect.DeepEqual(first, second), "items-1 and items-2 to be alike")
	r.want(reflect.DeepEqual(first.Environment, m.Services["migrate"].Environment), "migrate to have the settings of the replicas")
}

// stop holds that each has the time to end that it needs, and that nginx finishes what it has begun.
func stop(m *machine, r *report) {
	for _, name := range replicaNames {
		m.binary.checkDrain(variables(m.Services[name]), gracePeriod(m.Services[name]), time.Second, r)
		same(r, "the signal of "+name, m.Services[name].StopSignal, "")
	}
	same(r, "the signal of nginx", m.Services["nginx"].StopSignal, "SIGQUIT")
	r.want(gracePeriod(m.Services["postgres"]) >= 30*time.Second, "PostgreSQL to have 30s")
}

// gracePeriod returns how long a container may take to end.
func gracePeriod(s types.ServiceConfig) time.Duration {
	if s.StopGracePeriod == nil {
		return 10 * time.Second // Docker's own
	}
	return time.Duration(*s.StopGracePeriod)
}

// kept holds that the database is on a volume with a name, and that nothing else is kept.
func kept(m *machine, r *report) {
	for name, s := range m.Services {
		var named []string
		for _, volume := range s.Volumes {
			if volume.Type == types.VolumeTypeVolume {
				named = append(named, volume.Source+" at "+volume.Target)
			}
		}
		var wanted []string
		if name == "postgres" {
			wanted = []string{"database at /var/lib/postgresql"}
		}
		r.want(slices.Equal(named, wanted), "%s to keep %q, not %q", name, wanted, named)
		r.want(len(s.Tmpfs) > 0, "memory of %s to write to", name)
	}
	for _, name := range replicaNames {
		r.want(slices.ContainsFunc(m.Services[name].Tmpfs, func(s string) bool { return strings.HasPrefix(s, "/data:") }), "something over /data in %s", name)
	}
	_, found := m.Volumes["database"]
	r.want(found, "the volume database")
}

// pool holds that the replicas leave PostgreSQL room.
func pool(m *machine, r *report) {
	m.binary.checkConnections(variables(m.Services["items-1"]), len(replicaNames), r)
}

// failTimeout returns for how long nginx leaves a replica alone.
func (m *machine) failTimeout() (time.Duration, error) {
	found := regexp.MustCompile(`fail_timeout=(\S+);`).FindStringSubmatch(m.nginx)
	if found == nil {
		return 0, strconv.ErrSyntax
	}
	return time.ParseDuration(found[1])
}

// upstream holds that nginx knows the replicas by name and port, both when they do and when all have
// failed, and leaves one that drains alone until it has closed its connections.
func upstream(m *machine, r *report) {
	set := variables(m.Services["items-1"])
	var wanted []string
	for _, name := range replicaNames {
		wanted = append(wanted, fmt.Sprintf("%s:%d", name, m.binary.port(set, "ITEMS_ADDR")))
	}
	for what, parameters := range map[string]string{"first": `max_fails=1 fail_timeout=\d+s`, "then": "max_fails=0 backup"} {
		var got []string
		for _, found := range regexp.MustCompile(`(?m)^\t\tserver (\S+) resolve `+parameters+`;$`).FindAllStringSubmatch(m.nginx, -1) {
			got = append(got, found[1])
		}
		r.want(slices.Equal(got, wanted), "nginx to ask %q %s, not %q", wanted, what, got)
	}
	delay, _ := time.ParseDuration(m.binary.value(set, "ITEMS_SHUTDOWN_DELAY"))
	fail, err := m.failTimeout()
	r.want(err == nil && fail > delay, "nginx to leave a replica alone for longer than its shutdown delay of %v, not %v", delay, fail)
}

// streams holds that nginx keeps nothing of exports and imports. A client that reads slowly would fill
// what it writes to.
func streams(m *machine, r *report) {
	_, location, _ := strings.Cut(m.nginx, "\t\tlocation = /api/items {\n")
	location, _, _ = strings.Cut(location, "\n\t\t}\n")
	for _, directive := range []string{"client_max_body_size 0;", "proxy_buffering off;", "proxy_request_buffering off;"} {
		r.want(strings.Contains(location, "\t\t\t"+directive), "%s for /api/items", directive)
	}
}
