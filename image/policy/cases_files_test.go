package policy_test

import (
	"archive/tar"
	"slices"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
)

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
