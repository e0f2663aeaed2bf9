package policy

import "io/fs"

// setuid holds that no file gives its rights to whoever executes it.
func setuid(i *Image, _ Expected, r *report) {
	for _, file := range i.files() {
		if file.mode()&(fs.ModeSetuid|fs.ModeSetgid) != 0 {
			r.addf("%s is setuid or setgid", file)
		}
		// https://man7.org/linux/man-pages/man7/capabilities.7.html
		if _, found := file.header.PAXRecords["SCHILY.xattr.security.capability"]; found {
			r.addf("%s has capabilities", file)
		}
	}
}

// worldWritable holds that nobody can replace a file of somebody else.
func worldWritable(i *Image, _ Expected, r *report) {
	for _, file := range i.files() {
		sticky := file.mode().IsDir() && file.mode()&fs.ModeSticky != 0
		link := file.mode()&fs.ModeSymlink != 0 // its mode means nothing
		if file.mode().Perm()&0o002 != 0 && !sticky && !link {
			r.addf("%s is writable by all, which only a sticky directory may be", file)
		}
	}
}
