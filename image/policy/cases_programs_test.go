package policy_test

import (
	"debug/elf"
	"runtime/debug"
)

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
		{"build", func(f *fixture) { f.program.build.Main.Path = "" }, `the main module is "", want "example.com/sample"`},
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

func segment(kind elf.ProgType) func(*fixture) {
	return func(f *fixture) { f.program.segments = append(f.program.segments, kind) }
}

func sections(more ...section) func(*fixture) {
	return func(f *fixture) { f.program.sections = append(f.program.sections, more...) }
}
