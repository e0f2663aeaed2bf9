package policy

import (
	"debug/buildinfo"
	"io"
	"maps"
	"runtime/debug"
	"slices"
)

// Build is how a Go binary should have been built. Vulnerability scanners believe
// what a binary says of itself: of one that names no modules they report nothing.
type Build struct {
	Path      string // of the main package
	Main      string // the path of the main module
	GoVersion string // such as "go1.26.8"
	Modules   []Module
	// Settings are those of debug.BuildSetting that count. One that should not be
	// there is empty.
	Settings map[string]string
}

// CheckBuild returns how a binary of whatever format differs from what it should
// be, as violations of the rule build.
func CheckBuild(binary io.ReaderAt, want Build) []Violation {
	found := report{rule: "build"}
	want.check(binary, &found)
	return found.violations
}

func (b Build) check(binary io.ReaderAt, r *report) {
	got, err := buildinfo.Read(binary)
	if err != nil {
		r.addf("the program doesn't say how it was built: %v", err)
		return
	}
	if got.Path != b.Path {
		r.addf("the main package is %q, want %q", got.Path, b.Path)
	}
	if got.Main.Path != b.Main {
		r.addf("the main module is %q, want %q", got.Main.Path, b.Main)
	}
	if got.GoVersion != b.GoVersion {
		r.addf("built by %q, want %q", got.GoVersion, b.GoVersion)
	}
	b.checkModules(got.Deps, r)
	b.checkSettings(got.Settings, r)
}

func (b Build) checkModules(deps []*debug.Module, r *report) {
	got, want := make(map[string]string), make(map[string]string)
	for _, dep := range deps {
		got[dep.Path] = dep.Version + " " + dep.Sum
		if dep.Replace != nil {
			got[dep.Path] = "replaced by " + dep.Replace.Path
		}
	}
	for _, module := range b.Modules {
		want[module.Path] = module.Version + " " + module.Sum
	}
	r.pairs("module", got, want)
}

func (b Build) checkSettings(settings []debug.BuildSetting, r *report) {
	got := make(map[string]string)
	for _, setting := range settings {
		got[setting.Key] = setting.Value
	}
	for _, key := range slices.Sorted(maps.Keys(b.Settings)) {
		if got[key] != b.Settings[key] {
			r.addf("the setting %s is %q, want %q", key, got[key], b.Settings[key])
		}
	}
}
