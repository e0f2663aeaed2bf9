package policy_test

import (
	"archive/tar"
	"strings"
)

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

func step(createdBy string) func(*fixture) {
	return func(f *fixture) { f.config.History[1].CreatedBy = createdBy }
}
