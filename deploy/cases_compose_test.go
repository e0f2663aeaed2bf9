package deploy

import (
	"strings"
	"time"

	"github.com/compose-spec/compose-go/v2/types"
)

// composeCases break the rules of compose.yaml.
func composeCases() []violating[*machine] {
	type c = violating[*machine]
	edit := func(name string, change func(*types.ServiceConfig)) func(*machine) {
		return func(m *machine) {
			s := m.Services[name]
			change(&s)
			m.Services[name] = s
		}
	}
	set := func(service, name, value string) func(*machine) {
		return edit(service, func(s *types.ServiceConfig) { s.Environment[name] = &value })
	}
	conf := func(from, to string) func(*machine) {
		return func(m *machine) { m.nginx = strings.Replace(m.nginx, from, to, 1) }
	}
	return []c{
		{"services", "not [", func(m *machine) { delete(m.Services, "items-2") }},

		{"locked", "a read-only root of nginx", edit("nginx", func(s *types.ServiceConfig) { s.ReadOnly = false })},
		{"locked", "no capability in postgres", edit("postgres", func(s *types.ServiceConfig) { s.CapAdd = []string{"CHOWN"} })},
		{"locked", "no capability in items-1", edit("items-1", func(s *types.ServiceConfig) { s.CapDrop = nil })},
		{"locked", "no capability in items-2", edit("items-2", func(s *types.ServiceConfig) { s.Privileged = true })},
		{"locked", "no new privileges in migrate", edit("migrate", func(s *types.ServiceConfig) { s.SecurityOpt = nil })},
		{"locked", "nor another option", edit("nginx", func(s *types.ServiceConfig) { s.SecurityOpt = append(s.SecurityOpt, "seccomp=unconfined") })},
		{"locked", "nothing of the machine in items-1", edit("items-1", func(s *types.ServiceConfig) { s.NetworkMode = "host" })},
		{"locked", "limits of memory", edit("items-1", func(s *types.ServiceConfig) { s.PidsLimit = 0 })},
		{"locked", "migrate to be started again", edit("migrate", func(s *types.ServiceConfig) { s.Restart = "" })},
		{"locked", "a log of nginx", edit("nginx", func(s *types.ServiceConfig) { s.Logging = nil })},
		{"locked", "to be read only in nginx", edit("nginx", func(s *types.ServiceConfig) { s.Volumes[0].ReadOnly = false })},
		{"locked", "no engine in nginx", edit("nginx", func(s *types.ServiceConfig) { s.Volumes[0].Source = "/var/run/docker.sock" })},

		{"users", `of postgres, not ""`, edit("postgres", func(s *types.ServiceConfig) { s.User = "" })},
		{"users", `of nginx, not "0:0"`, edit("nginx", func(s *types.ServiceConfig) { s.User = "0:0" })},
		{"users", "the user of items-1 is 1:1", edit("items-1", func(s *types.ServiceConfig) { s.User = "1:1" })},
		{"users", "the image of migrate is other", edit("migrate", func(s *types.ServiceConfig) { s.Image = "other" })},
		{"users", "no registry", edit("nginx", func(s *types.ServiceConfig) { s.Image = "registry.example/nginx" })},

		{"environment", "not ITEMS_STOER", set("items-1", "ITEMS_STOER", "x")},
		{"environment", "invalid value", set("items-1", "ITEMS_SHUTDOWN_DELAY", "4")},
		{"environment", "as in POSTGRES_PASSWORD", set("postgres", "POSTGRES_PASSWORD", "secret")},
		{"environment", "as in ITEMS_STORE", set("migrate", "ITEMS_STORE", "postgres://items:secret@postgres/items")},

		{"secrets", "nginx to be given", edit("nginx", func(s *types.ServiceConfig) { s.Secrets = []types.ServiceSecretConfig{{Source: "pgpass"}} })},
		{"secrets", "items-1 to be given", edit("items-1", func(s *types.ServiceConfig) { s.Secrets[0].Source = "postgres-password" })},
		{"secrets", "PGPASSFILE to name a secret", set("items-2", "PGPASSFILE", "/pgpass")},
		{"secrets", "a file with the password", edit("items-1", func(s *types.ServiceConfig) { delete(s.Environment, "PGPASSFILE") })},
		{"secrets", "not checked in", func(m *machine) { m.Secrets["pgpass"] = types.SecretConfig{File: "./pgpass"} }},

		{"networks", "nginx in", edit("nginx", func(s *types.ServiceConfig) { s.Networks["database"] = nil })},
		{"networks", "postgres in", edit("postgres", func(s *types.ServiceConfig) { s.Networks["front"] = nil })},
		{"networks", "lead nowhere", func(m *machine) { m.Networks["database"] = types.NetworkConfig{} }},
		{"networks", "front out", func(m *machine) { m.Networks["front"] = types.NetworkConfig{Internal: true} }},

		{"published", "no port of postgres", edit("postgres", func(s *types.ServiceConfig) { s.Ports = []types.ServicePortConfig{{Target: 5432}} })},
		{"published", "want one port", edit("nginx", func(s *types.ServiceConfig) { s.Ports = nil })},
		{"published", "the address of nginx is 0.0.0.0", edit("nginx", func(s *types.ServiceConfig) { s.Ports[0].HostIP = "0.0.0.0" })},
		{"published", "at which nginx listens", conf("listen 8080;", "listen 80;")},

		{"order", "not [", edit("items-1", func(s *types.ServiceConfig) { s.DependsOn = nil })},
		{"order", "service_started", edit("migrate", func(s *types.ServiceConfig) {
			s.DependsOn["postgres"] = types.ServiceDependency{Condition: "service_started", Required: true}
		})},
		{"order", "nginx to need items-1", edit("nginx", func(s *types.ServiceConfig) {
			s.DependsOn["items-1"] = types.ServiceDependency{Condition: "service_healthy"}
		})},
		{"order", "the command migrate", edit("migrate", func(s *types.ServiceConfig) { s.Command = nil })},
		{"order", "migrate to end", edit("migrate", func(s *types.ServiceConfig) { s.Restart = "always" })},

		{"health", "a check of postgres", edit("postgres", func(s *types.ServiceConfig) { s.HealthCheck = nil })},
		{"health", "a check of nginx", edit("nginx", func(s *types.ServiceConfig) { s.HealthCheck.Disable = true })},
		{"health", "how nginx is asked is CMD-SHELL", edit("nginx", func(s *types.ServiceConfig) { s.HealthCheck.Test[0] = "CMD-SHELL" })},
		{"health", "the command healthcheck", edit("items-2", func(s *types.ServiceConfig) { s.HealthCheck.Test = []string{"CMD", "/server", "version"} })},
		{"health", "/readyz", edit("nginx", func(s *types.ServiceConfig) { s.HealthCheck.Test = s.HealthCheck.Test[:2] })},
		{"health", "10 times in a shutdown delay of 4s, not 3", edit("nginx", func(s *types.ServiceConfig) {
			last := &s.HealthCheck.Test[len(s.HealthCheck.Test)-1]
			*last = strings.Replace(*last, "[1-4]", "[1-1]", 1)
		})},
		{"health", "10 times in a shutdown delay of 4s, not 4", edit("nginx", func(s *types.ServiceConfig) { s.HealthCheck.Interval = new(types.Duration(2 * time.Second)) })},
		{"health", "10 times in a shutdown delay of 3s, not 8", set("items-1", "ITEMS_SHUTDOWN_DELAY", "3s")},
		{"health", "more often", edit("nginx", func(s *types.ServiceConfig) { s.HealthCheck.Interval = new(types.Duration(time.Minute)) })},

		{"replicas", "alike", set("items-2", "ITEMS_LOG_LEVEL", "debug")},
		{"replicas", "migrate to have", set("migrate", "ITEMS_LOG_LEVEL", "debug")},

		{"stop", "not 10s", edit("items-1", func(s *types.ServiceConfig) { s.StopGracePeriod = nil })},
		{"stop", "not 20s", set("items-2", "ITEMS_SHUTDOWN_TIMEOUT", "20s")},
		{"stop", "not 0s", set("items-1", "ITEMS_SHUTDOWN_DELAY", "0s")},
		{"stop", "the signal of items-1", edit("items-1", func(s *types.ServiceConfig) { s.StopSignal = "SIGKILL" })},
		{"stop", "the signal of nginx", edit("nginx", func(s *types.ServiceConfig) { s.StopSignal = "" })},
		{"stop", "PostgreSQL", edit("postgres", func(s *types.ServiceConfig) { s.StopGracePeriod = nil })},

		{"kept", "postgres to keep", edit("postgres", func(s *types.ServiceConfig) { s.Volumes[0].Source = "" })},
		{"kept", "nginx to keep", edit("nginx", func(s *types.ServiceConfig) { s.Volumes[0].Type = "volume" })},
		{"kept", "memory of nginx", edit("nginx", func(s *types.ServiceConfig) { s.Tmpfs = nil })},
		{"kept", "over /data in items-2", edit("items-2", func(s *types.ServiceConfig) { s.Tmpfs = []string{"/tmp"} })},
		{"kept", "the volume database", func(m *machine) { delete(m.Volumes, "database") }},

		{"pool", "not 50 of each", set("items-1", "ITEMS_STORE_MAX_CONNS", "50")},

		{"upstream", "first, not", conf("server items-2:8080", "server items-3:8080")},
		{"upstream", "first, not", conf(" resolve ", " ")},
		{"upstream", "first, not", set("items-1", "ITEMS_ADDR", ":80")},
		{"upstream", "then, not", conf("\t\tserver items-1:8080 resolve max_fails=0 backup;\n", "")},
		{"streams", "proxy_buffering off", conf("\t\t\tproxy_buffering off;\n", "")},
		{"streams", "proxy_request_buffering off", conf("\t\t\tproxy_request_buffering off;\n", "")},
		{"streams", "client_max_body_size 0", conf("client_max_body_size 0;", "client_max_body_size 1m;")},
		{"upstream", "not 5s", set("items-1", "ITEMS_SHUTDOWN_DELAY", "5s")},
		{"upstream", "not 1s", conf("fail_timeout=5s", "fail_timeout=1s")},
	}
}
