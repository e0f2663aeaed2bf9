package policy

import (
	"bytes"
	"debug/elf"
	"strings"
)

// platform holds that the image is for the platform it should be for, and that so
// is its program.
func platform(i *Image, want Expected, r *report) {
	if got := i.Platform(); got != want.Platform {
		r.addf("platform %q, want %q", got, want.Platform)
	}
	binary, found := i.binary()
	if !found {
		return
	}
	if got := architecture(binary.Machine); got != i.config.Architecture || i.config.OS != "linux" {
		r.addf("the program is for linux/%s and the image for %s/%s", got, i.config.OS, i.config.Architecture)
	}
}

// architecture returns the name that OCI and Go have for a machine.
func architecture(machine elf.Machine) string {
	switch machine {
	case elf.EM_X86_64:
		return "amd64"
	case elf.EM_AARCH64:
		return "arm64"
	default:
		return machine.String()
	}
}

// static holds that there is nothing in the program for a loader to do, so that
// it needs no file but itself.
func static(i *Image, _ Expected, r *report) {
	binary, found := i.binary()
	if !found {
		return
	}
	for _, segment := range binary.Progs {
		if segment.Type == elf.PT_INTERP || segment.Type == elf.PT_DYNAMIC {
			r.addf("the program has a segment %v, want a statically linked one", segment.Type)
		}
	}
}

// stripped holds that the program has nothing that is for debuggers only.
func stripped(i *Image, _ Expected, r *report) {
	binary, found := i.binary()
	if !found {
		return
	}
	for _, section := range binary.Sections {
		debug := strings.HasPrefix(section.Name, ".debug") || strings.HasPrefix(section.Name, ".zdebug")
		if section.Type == elf.SHT_SYMTAB || debug {
			r.addf("the program has a section %s, want a stripped one", section.Name)
		}
	}
}

// build holds that the program says truly how it was built.
func build(i *Image, want Expected, r *report) {
	if _, found := i.binary(); found {
		program, _ := i.program()
		want.Build.check(bytes.NewReader(program.content), r)
	}
}
