package policy_test

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
