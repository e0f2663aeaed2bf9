package policy

import (
	"bytes"
	"debug/elf"
	"maps"
	"slices"
)

func env(i *Image, want Expected, r *report) {
	r.set("environment", i.config.Config.Env, want.Env)
}

// entrypoint holds that the image starts a program of its own, without a shell.
func entrypoint(i *Image, want Expected, r *report) {
	config := i.config.Config
	r.list("entrypoint", config.Entrypoint, want.Entrypoint)
	r.list("command", config.Cmd, want.Cmd)
	if len(config.Entrypoint) == 0 {
		r.addf("no entrypoint")
		return
	}
	i.command(config.Entrypoint[0], r)
	program, found := i.program()
	if !found {
		return
	}
	if _, err := elf.NewFile(bytes.NewReader(program.content)); err != nil {
		r.addf("%s is not an ELF file: %v", config.Entrypoint[0], err)
	}
}

func workdir(i *Image, want Expected, r *report) {
	got := i.config.Config.WorkingDir
	if got != want.WorkingDir {
		r.addf("working directory %q, want %q", got, want.WorkingDir)
	}
	if got == "/" {
		return
	}
	if dir, found := i.find(got); !found || !dir.mode().IsDir() {
		r.addf("working directory %q is not a directory of the image", got)
	}
}

func ports(i *Image, want Expected, r *report) {
	r.set("ports", slices.Collect(maps.Keys(i.config.Config.ExposedPorts)), want.ExposedPorts)
}

// volumes holds that each volume is a directory that users may write to. A fresh
// volume takes over owner and mode.
func volumes(i *Image, want Expected, r *report) {
	got := slices.Sorted(maps.Keys(i.config.Config.Volumes))
	r.set("volumes", got, want.Volumes)
	for _, volume := range got {
		dir, found := i.find(volume)
		if !found || !dir.mode().IsDir() {
			r.addf("volume %s is not a directory of the image", volume)
		} else if who, allowed := i.permitted(dir, enterAndChange); !allowed {
			r.addf("%s may not write to %s", who, dir)
		}
	}
}
