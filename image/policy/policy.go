// Package policy holds container images to what is promised of them: what is in
// them, how they run, and how they are packed. It needs no container engine.
//
// Each promise is a named rule. What an image should be in particular, such as
// its files, is said by Expected; what every image should be, such as free of
// shells, is not a matter of choice. A rule whose subject another rule already
// refuses says nothing, so that one fault is one violation.
package policy

import v1 "github.com/google/go-containerregistry/pkg/v1"

// Check returns how an image breaks the rules, in their order. The error says
// what could not be read.
func Check(image v1.Image, want Expected) ([]Violation, error) {
	read, err := Read(image)
	if err != nil {
		return nil, err
	}
	var violations []Violation
	for _, rule := range Rules() {
		violations = append(violations, rule.Check(read, want)...)
	}
	return violations, nil
}

// Rules returns the rules for an image.
func Rules() []Rule[*Image, Expected] {
	return []Rule[*Image, Expected]{
		{"user", user},
		{"accounts", accounts},
		{"env", env},
		{"entrypoint", entrypoint},
		{"workdir", workdir},
		{"ports", ports},
		{"volumes", volumes},
		{"healthcheck", healthcheck},
		{"labels", labels},
		{"annotations", annotations},
		{"created", created},
		{"files", files},
		{"paths", paths},
		{"types", fileTypes},
		{"setuid", setuid},
		{"world-writable", worldWritable},
		{"shell", shell},
		{"package-manager", packageManager},
		{"secrets", secrets},
		{"instructions", instructions},
		{"platform", platform},
		{"static", static},
		{"stripped", stripped},
		{"build", build},
		{"size", size},
		{"layers", layers},
		{"history", history},
		{"media-types", mediaTypes},
		{"gzip", gzipHeaders},
		{"blobs", blobs},
	}
}
