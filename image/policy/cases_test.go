package policy_test

import (
	"archive/tar"
	"compress/gzip"
	"debug/elf"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

func cases() []violating {
	return slices.Concat(userCases(), runCases(), labelCases(), fileCases(), contentCases(), programCases(), packingCases())
}

func userCases() []violating {
	user := func(name string) func(*fixture) {
		return func(f *fixture) { f.config.Config.User, f.want.User = name, name }
	}
	passwd := func(content string) func(*fixture) {
		return func(f *fixture) { f.layers[0].files[3].content = content }
	}
	group := func(content string) func(*fixture) {
		return func(f *fixture) { f.layers[0].files[2].content = content }
	}
	return []violating{
		{"user", user(""), `user ""`},
		{"user", user("nonroot"), `user "nonroot"`},
		{"user", user("nonroot:nonroot"), `user "nonroot:nonroot"`},
		{"user", user("65532"), `user "65532"`},
		{"user", user("0:65532"), `user "0:65532"`},
		{"user", user("00:65532"), `user "00:65532"`},
		{"user", user("65532:0"), `user "65532:0"`},
		{"user", user("-1:65532"), `user "-1:65532"`},
		{"user", func(f *fixture) { f.want.User = "65533:65532" }, `want "65533:65532"`},

		{"accounts", passwd(""), "no user 65532 with group 65532"},
		{"accounts", passwd("nonroot:x:1:65532::/:/sbin/nologin\n"), "no user 65532"},
		{"accounts", passwd("nonroot:x:65532:1::/:/sbin/nologin\n"), "no user 65532"},
		{"accounts", passwd("nonroot:x:65532:65532::/:/bin/sh\n"), `shell "/bin/sh" for nonroot`},
		{"accounts", passwd("nonroot:x:65532:65532::/:\n"), `shell "" for nonroot`},
		{"accounts", passwd("nonroot::65532:65532::/:/sbin/nologin\n"), "password for nonroot"},
		{"accounts", passwd("nonroot:x:65532:65532::/:/sbin/nologin\n\n"), "has not 7 fields"},
		{"accounts", passwd("nonroot:x:65532:65532::/:/sbin/nologin\na:x:b:1::/:/sbin/nologin\n"), `"b" is no number`},
		{"accounts", group("nonroot:x:1:\n"), "no group 65532"},
		{"accounts", group("nonroot:x:65532:\nnonroot:x:65532\n"), "has not 4 fields"},
	}
}

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

func labelCases() []violating {
	const title, at = "org.opencontainers.image.title", "org.opencontainers.image.created"
	stamp := func(time string) func(*fixture) {
		return func(f *fixture) { f.config.Config.Labels[at], f.want.Labels[at] = time, time }
	}
	return []violating{
		{"labels", func(f *fixture) { delete(f.config.Config.Labels, title) }, "no label " + title},
		{"labels", func(f *fixture) { f.config.Config.Labels[title] = "other" }, `is "other", want "sample"`},
		{"labels", func(f *fixture) { f.config.Config.Labels["a"] = "b" }, "label a is not wanted"},
		{"annotations", func(f *fixture) { f.notes = nil }, "no annotation " + title},
		{"annotations", func(f *fixture) { f.notes[title] = "other" }, `is "other", want "sample"`},
		{"annotations", func(f *fixture) { f.notes["a"] = "b" }, "annotation a is not wanted"},
		{"created", stamp("today"), "want a time of RFC 3339"},
		{"created", stamp("2001-02-03T04:05:06Z"), "the configuration 1970"},
		{"created", func(f *fixture) { f.config.Created.Time = time.Unix(1e9, 0).UTC() }, "the configuration 2001"},
	}
}

func fileCases() []violating {
	return []violating{
		{"files", func(f *fixture) {
			f.layers = slices.Insert(f.layers, 1, archive{})
			f.config.History = append(f.config.History, v1.History{})
		}, "3 layers, want 2"},
		{"files", func(f *fixture) { f.layers[0].files[1].Mode = 0o700 }, `"drwx------ 0:0 1970-01-01T00:00:00Z etc/"`},
		{"files", func(f *fixture) { f.layers[0].files[1].Uid = 1 }, "drwxr-xr-x 1:0"},
		{"files", func(f *fixture) { f.layers[0].files[1].Gid = 1 }, "drwxr-xr-x 0:1"},
		{"files", func(f *fixture) { f.layers[0].files[1].ModTime = time.Unix(1, 0) }, "1970-01-01T00:00:01Z etc/"},
		{"files", func(f *fixture) {
			f.layers[0].files[1].ModTime = time.Unix(0, 1e8)
			f.layers[0].files[1].Format = tar.FormatPAX
		}, "1970-01-01T00:00:00.1Z etc/"},
		{"files", func(f *fixture) { f.layers[0].files = f.layers[0].files[:4] }, `file 4 of layer 0 is "", want "dtrwx`},
		{"files", func(f *fixture) { f.layers[0].files = append(f.layers[0].files, regular("a", 0o644, "")) }, "0Z a\", want \"\""},
		{"files", func(f *fixture) { slices.Reverse(f.layers[0].files[2:4]) }, "etc/passwd"},

		{"paths", add(regular("/etc/a", 0o644, "")), `"/etc/a" is not a plain path`},
		{"paths", add(regular("etc/../a", 0o644, "")), `"etc/../a" is not a plain path`},
		{"paths", add(regular("../a", 0o644, "")), `"../a" is not a plain path`},
		{"paths", add(regular("./a", 0o644, "")), `"./a" is not a plain path`},
		{"paths", add(directory("./", 0o755, 0)), `"./" is not a plain path`},
		{"paths", add(regular("etc/.wh.group", 0o644, "")), "etc/.wh.group is a whiteout"},
		{"paths", add(regular("etc/.wh..wh..opq", 0o644, "")), "etc/.wh..wh..opq is a whiteout"},
		{"paths", add(directory("etc", 0o755, 0)), "etc is there twice"},
		{"paths", add(regular("home/a", 0o644, "")), "home/a is in a directory that is not there"},
		{"paths", add(regular("etc/group/a", 0o644, "")), "etc/group/a is in a directory that is not there"},

		{"types", add(typed("a", tar.TypeLink, "etc/group")), "has the type '1'"},
		{"types", add(typed("a", tar.TypeChar, "")), "has the type '3'"},
		{"types", add(typed("a", tar.TypeBlock, "")), "has the type '4'"},
		{"types", add(typed("a", tar.TypeFifo, "")), "has the type '6'"},

		{"setuid", add(regular("a", 0o4755, "")), "urwxr-xr-x 0:0 1970-01-01T00:00:00Z a is setuid"},
		{"setuid", add(regular("a", 0o2755, "")), "grwxr-xr-x 0:0 1970-01-01T00:00:00Z a is setuid or setgid"},
		{"setuid", add(capable("a")), "a has capabilities"},

		{"world-writable", add(regular("a", 0o666, "")), "a is writable by all"},
		{"world-writable", add(regular("a", 0o1666, "")), "a is writable by all"},
		{"world-writable", add(directory("a/", 0o777, 0)), "a/ is writable by all"},
	}
}

func contentCases() []violating {
	token := strings.Join([]string{"ey" + "Jhbaciodia", "ey" + "Jzubabcdefg", "abc"}, ".")
	env := func(variable string) func(*fixture) {
		return func(f *fixture) {
			f.config.Config.Env = append(f.config.Config.Env, variable)
			f.want.Env = append(f.want.Env, variable)
		}
	}
	return []violating{
		{"shell", add(regular("sh", 0o755, "")), "sh is a shell"},
		{"shell", add(directory("bin/", 0o755, 0), regular("bin/busybox", 0o755, "")), "bin/busybox is a shell"},
		{"shell", add(typed("bash", tar.TypeSymlink, "server")), "bash is a shell"},
		{"shell", add(regular("run", 0o755, "#!/bin/x\n")), "run is a script"},

		{"package-manager", add(regular("apk", 0o755, "")), "apk is a package manager"},
		{"package-manager", add(regular("pip3", 0o755, "")), "pip3 is a package manager"},
		{"package-manager", add(directory("etc/apt", 0o755, 0)), "etc/apt belongs to a package manager"},
		{"package-manager", add(directory("lib/", 0o755, 0), regular("lib/apk", 0o644, "")), "lib/apk is a package manager"},

		{"secrets", env("DB_PASSWORD=x"), "the environment gives a value to DB_PASSWORD"},
		{"secrets", env("apiToken=x"), "apiToken"},
		{"secrets", env("AWS_SECRET_ID=x"), "AWS_SECRET_ID"},
		{"secrets", env("SIGNING_KEY=x"), "SIGNING_KEY"},
		{"secrets", env("STORE=postgres://user:pw@host/db"), "a password in a URL"},
		{"secrets", env("X=AKIA" + "ABCDEFGHIJKLMNOP"), "a key of AWS"},
		{"secrets", env("X=ASIA" + "ABCDEFGHIJKLMNOP"), "a temporary key of AWS"},
		{"secrets", env("X=ghp_" + strings.Repeat("a", 36)), "a token of GitHub"},
		{"secrets", env("X=" + token), "a JSON web token"},
		{"secrets", func(f *fixture) { f.notes["key"], f.want.Annotations = "v", f.notes }, "annotation key gives a value to key"},
		{"secrets", func(f *fixture) { f.config.Config.Labels["key"], f.want.Labels = "v", f.config.Config.Labels }, "label key"},
		{"secrets", func(f *fixture) {
			f.config.Config.Cmd, f.want.Cmd = []string{"-password=x"}, []string{"-password=x"}
		}, "the command gives a value to -password"},
		{"secrets", func(f *fixture) { f.config.History[1].CreatedBy = "COPY |1 NPM_TOKEN=x /a /b" }, "step 1 of the history"},
		{"secrets", func(f *fixture) { f.config.History[1].Comment = token }, "step 1 of the history has a JSON web token"},
		{"secrets", add(regular("a", 0o644, "text\n-----BEGIN EC PRIVATE"+" KEY-----\n")), "a has a private key"},
		{"secrets", add(regular("a", 0o644, "-----BEGIN PGP PRIVATE"+" KEY BLOCK-----\n")), "a has a private key"},
		{"secrets", add(directory(".docker/", 0o755, 0), regular(".docker/config.json", 0o644, "")), "where secrets are kept"},
		{"secrets", add(regular("etc/shadow", 0o644, "")), "etc/shadow is where secrets are kept"},

		{"instructions", step("RUN /bin/sh -c make # buildkit"), "step 1 of the history is RUN"},
		{"instructions", step("ADD a.tar / # buildkit"), "step 1 of the history is ADD"},
		{"instructions", step("/bin/sh -c apt-get update"), "step 1 of the history is RUN"},
		{"instructions", step("/bin/sh -c #(nop) ADD file:0 in / "), "step 1 of the history is ADD"},
	}
}

func programCases() []violating {
	return []violating{
		{"platform", func(f *fixture) { f.want.Platform = "linux/arm64" }, `platform "linux/amd64", want "linux/arm64"`},
		{"platform", func(f *fixture) { f.program.machine = elf.EM_AARCH64 }, "the program is for linux/arm64 and the image for linux/amd64"},
		{"platform", func(f *fixture) { f.program.machine = elf.EM_386 }, "linux/EM_386"},
		{"platform", func(f *fixture) { f.config.OS, f.want.Platform = "windows", "windows/amd64" }, "windows/amd64"},
		{"platform", func(f *fixture) { f.config.OS, f.config.Architecture, f.want.Platform = "", "", "" }, "the image for /"},

		{"static", segment(elf.PT_INTERP), "a segment PT_INTERP"},
		{"static", segment(elf.PT_DYNAMIC), "a segment PT_DYNAMIC"},
		{"stripped", sections(section{".symtab", elf.SHT_SYMTAB}), "a section .symtab"},
		{"stripped", sections(section{".debug_info", elf.SHT_PROGBITS}), "a section .debug_info"},
		{"stripped", sections(section{".zdebug_line", elf.SHT_PROGBITS}), "a section .zdebug_line"},

		{"build", func(f *fixture) { f.program.build.Path = "command-line-arguments" }, "main package"},
		{"build", func(f *fixture) { f.program.goVersion = "go1.2.2" }, `built by "go1.2.2", want "go1.2.3"`},
		{"build", func(f *fixture) { f.program.build.Deps = f.program.build.Deps[:1] }, "no module example.com/b"},
		{"build", func(f *fixture) { f.program.build.Deps[0].Path = "example.com/b" }, "no module example.com/a"},
		{"build", func(f *fixture) { f.program.build.Deps[0].Version = "v1.0.1" }, `example.com/a is "v1.0.1`},
		{"build", func(f *fixture) { f.program.build.Deps[0].Sum = "h1:B=" }, `is "v1.0.0 h1:B=", want`},
		{"build", func(f *fixture) { f.program.build.Deps[0].Sum = "" }, `is "v1.0.0 ", want`},
		{"build", func(f *fixture) {
			f.program.build.Deps[0].Replace = &debug.Module{Path: "../a", Version: "v1.0.0", Sum: sum}
		}, "replaced by ../a"},
		{"build", func(f *fixture) { f.want.Build.Modules = f.want.Build.Modules[:1] }, "module example.com/b is not wanted"},
		{"build", func(f *fixture) { f.program.build.Settings = nil }, `CGO_ENABLED is "", want "0"`},
		{"build", func(f *fixture) { f.program.build.Settings[0].Value = "1" }, `CGO_ENABLED is "1", want "0"`},
		{"build", func(f *fixture) {
			f.program.build.Settings = append(f.program.build.Settings, debug.BuildSetting{Key: "vcs.revision", Value: "abc"})
		}, `vcs.revision is "abc", want ""`},
		{"build", func(f *fixture) { f.program.goVersion = "" }, "doesn't say how it was built"},
	}
}

func packingCases() []violating {
	header := func(change func(*gzip.Header)) func(*fixture) {
		return func(f *fixture) { f.layers[1].header = change }
	}
	manifest := func(change func(*v1.Manifest)) func(*fixture) {
		return func(f *fixture) { f.manifest = change }
	}
	return []violating{
		{"size", func(f *fixture) { f.want.Budget.Binary = 100 }, "the program: "},
		{"size", func(f *fixture) { f.want.Budget.Compressed = 1000 }, "manifest, configuration and layers: "},
		{"size", func(f *fixture) { f.want.Budget.Uncompressed = 1000 }, "the archives of the layers: "},

		{"layers", func(f *fixture) {
			slices.Reverse(f.layers)
			slices.Reverse(f.want.Layers)
		}, "the last layer has"},
		{"layers", func(f *fixture) {
			f.layers[1].files = append(f.layers[1].files, regular("a", 0o644, ""))
			f.want.Layers[1] = append(f.want.Layers[1], "-rw-r--r-- 0:0 1970-01-01T00:00:00Z a")
		}, "alone"},

		{"history", func(f *fixture) { f.config.History = f.config.History[1:] }, "1 steps with a layer, want 2"},
		{"history", func(f *fixture) { f.config.History[0].EmptyLayer = true }, "1 steps with a layer, want 2"},
		{"history", func(f *fixture) { f.config.History = append(f.config.History, v1.History{}) }, "3 steps with a layer, want 2"},

		{"media-types", manifest(func(m *v1.Manifest) { m.MediaType = "" }), `the manifest is ""`},
		{"media-types", manifest(func(m *v1.Manifest) { m.Config.MediaType = types.DockerConfigJSON }), "the configuration is"},
		{"media-types", func(f *fixture) { f.layers[1].mediaType = types.DockerLayer }, "layer sha256:"},

		{"gzip", header(func(h *gzip.Header) { h.Name = "layer.tar" }), "the flags 0x8"},
		{"gzip", header(func(h *gzip.Header) { h.ModTime = time.Unix(1e9, 0) }), "with a time"},
		{"gzip", header(func(h *gzip.Header) { h.OS = 3 }), "the operating system 3"},

		{"blobs", manifest(func(m *v1.Manifest) { m.Layers[0].Size++ }), "mismatched layer[0] size"},
		{"blobs", func(f *fixture) { f.layers[0].plain = true }, "gzip: invalid header"},
		{"blobs", manifest(func(m *v1.Manifest) { m.Config.Size++ }), "mismatched config size"},
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

func step(createdBy string) func(*fixture) {
	return func(f *fixture) { f.config.History[1].CreatedBy = createdBy }
}

func segment(kind elf.ProgType) func(*fixture) {
	return func(f *fixture) { f.program.segments = append(f.program.segments, kind) }
}

func sections(more ...section) func(*fixture) {
	return func(f *fixture) { f.program.sections = append(f.program.sections, more...) }
}

func content(layer, n int, text string) func(*fixture) {
	return func(f *fixture) { f.layers[layer].files[n].content = text }
}

// mode has another mode of a file wanted and there.
func mode(layer, n int, mode int64) func(*fixture) {
	return func(f *fixture) {
		f.layers[layer].files[n].Mode = mode
		f.want.Layers[layer][n] = f.layers[layer].files[n].line()
	}
}

// add has files at the end of the first layer wanted and there.
func add(files ...file) func(*fixture) {
	return func(f *fixture) {
		for _, file := range files {
			f.layers[0].files = append(f.layers[0].files, file)
			f.want.Layers[0] = append(f.want.Layers[0], file.line())
		}
	}
}

func typed(name string, kind byte, link string) file {
	f := regular(name, 0o755, "")
	f.Typeflag, f.Linkname = kind, link
	return f
}

// capable returns a file with capabilities.
func capable(name string) file {
	f := regular(name, 0o755, "")
	f.PAXRecords = map[string]string{"SCHILY.xattr.security.capability": "\x01"}
	return f
}
