package policy

import "archive/tar"

// fileTypes holds that there are files, directories and symbolic links only: no
// devices, pipes or sockets, and no hard links, which are second names.
func fileTypes(i *Image, _ Expected, r *report) {
	for _, file := range i.files() {
		switch file.header.Typeflag {
		case tar.TypeReg, tar.TypeDir, tar.TypeSymlink:
		default:
			r.addf("%s has the type %q, want a file, a directory or a symbolic link", file, file.header.Typeflag)
		}
	}
}
