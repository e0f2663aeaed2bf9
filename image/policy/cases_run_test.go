package policy_test

import (
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

func runCases() []violating {
	healthcheck := func(kind types.MediaType, test ...string) func(*fixture) {
		return func(f *fixture) {
			f.config.Config.Healthcheck = &v1.HealthConfig{Test: test}
			f.want.Healthcheck = test
			f.mediaType, f.want.MediaType = kind, kind
		}
	}
	return []violating{
		{"env", func(f *fixture) { f.config.Config.Env[0] = "MODE=slow" }, `"MODE=slow"`},
		{"env", func(f *fixture) { f.config.Config.Env = f.config.Config.Env[1:] }, `want ["MODE=fast"`},

		{"entrypoint", func(f *fixture) { f.config.Config.Entrypoint = []string{"/server", "-x"} }, `"-x"`},
		{"entrypoint", func(f *fixture) { f.config.Config.Cmd = []string{"-x"} }, `command ["-x"]`},
		{"entrypoint", entrypoint(), "no entrypoint"},
		{"entrypoint", entrypoint("server"), "not an absolute path"},
		{"entrypoint", entrypoint("/serve"), "/serve is not a file"},
		{"entrypoint", entrypoint("/data"), "/data is not a file"},
		{"entrypoint", mode(1, 0, 0o644), "may not execute -rw-r--r--"},
		{"entrypoint", mode(1, 0, 0o754), "user 65532:65532 may not execute"},
		{"entrypoint", mode(1, 0, 0o705), "unknown user with group 0 may not execute"},
		{"entrypoint", content(1, 0, "text"), "is not an ELF file"},

		{"workdir", func(f *fixture) { f.want.WorkingDir = "/data" }, `want "/data"`},
		{"workdir", workdir("/home"), `"/home" is not a directory`},
		{"workdir", workdir("/server"), `"/server" is not a directory`},
		{"workdir", workdir(""), `"" is not a directory`},

		{"ports", func(f *fixture) { f.config.Config.ExposedPorts = nil }, `want ["8080/tcp"]`},
		{"ports", func(f *fixture) { f.config.Config.ExposedPorts["22/tcp"] = struct{}{} }, `"22/tcp"`},

		{"volumes", func(f *fixture) { f.config.Config.Volumes = nil }, `want ["/data"]`},
		{"volumes", volume("/files"), "/files is not a directory"},
		{"volumes", volume("/server"), "/server is not a directory"},
		{"volumes", mode(0, 0, 0o570), "user 65532:65532 may not write"},
		{"volumes", mode(0, 0, 0o750), "unknown user with group 0 may not write"},
		{"volumes", mode(0, 0, 0o720), "unknown user with group 0 may not write"},

		{"healthcheck", func(f *fixture) { f.want.Healthcheck = []string{"CMD", "/server"} }, `want ["CMD" "/server"]`},
		{"healthcheck", healthcheck(types.DockerManifestSchema2), "health check []"},
		{"healthcheck", healthcheck(types.OCIManifestSchema1, "NONE"), `health check ["NONE"]`},
		{"healthcheck", healthcheck(types.OCIManifestSchema1, "CMD"), `health check ["CMD"]`},
		{"healthcheck", healthcheck(types.DockerManifestSchema2, "CMD-SHELL", "/server health"), "CMD-SHELL"},
		{"healthcheck", healthcheck(types.DockerManifestSchema2, "CMD", "health"), "not an absolute path"},
		{"healthcheck", healthcheck(types.DockerManifestSchema2, "CMD", "/health"), "/health is not a file"},
	}
}

// entrypoint has another entrypoint wanted and there.
func entrypoint(command ...string) func(*fixture) {
	return func(f *fixture) { f.config.Config.Entrypoint, f.want.Entrypoint = command, command }
}

func workdir(dir string) func(*fixture) {
	return func(f *fixture) { f.config.Config.WorkingDir, f.want.WorkingDir = dir, dir }
}

func volume(name string) func(*fixture) {
	return func(f *fixture) {
		f.config.Config.Volumes = set("/data", name)
		f.want.Volumes = append(f.want.Volumes, name)
	}
}
