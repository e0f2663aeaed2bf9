// Package hostile runs images of the service as strict or poor platforms do, and holds that the service works.
package hostile

import (
	"slices"

	"example.com/multistage/compare/service"
)

// Case is a way to run a container.
type Case struct {
	Name string
	// Flags are those of docker run.
	Flags []string
	// InForce returns an error where the engine has not done what the flags say.
	InForce func(service.Process) error
	// MidWrite is true where SIGTERM comes while clients write.
	MidWrite bool
}

const (
	// user is one that no image knows. Platforms that choose users at random add group 0:
	// https://docs.redhat.com/en/documentation/openshift_container_platform/4.17/html/images/creating-images
	user   = "1234567:0"
	memory = 32 << 20
	cpus   = 0.1
)

// Cases returns all, in the order of the tables. Each has a fresh named volume.
func Cases() []Case {
	cases := []Case{
		{Name: "read-only root", Flags: []string{"--read-only"}, InForce: readOnlyRoot},
		{Name: "no capabilities", Flags: []string{"--cap-drop=ALL", "--security-opt=no-new-privileges"}, InForce: noCapabilities},
		{Name: "random UID with group 0", Flags: []string{"--user=" + user}, InForce: randomUser},
		{Name: "fresh named volume", InForce: func(service.Process) error { return nil }},
		{Name: "no /tmp", Flags: []string{"--tmpfs=/tmp:ro,mode=0"}, InForce: noTmp},
		{Name: "32 MiB of memory", Flags: []string{"--memory=32m", "--memory-swap=32m"}, InForce: littleMemory},
		{Name: "0.1 CPU", Flags: []string{"--cpus=0.1"}, InForce: littleCPU},
		{Name: "SIGTERM while clients write", InForce: func(service.Process) error { return nil }, MidWrite: true},
	}
	return append(cases, together(cases))
}

// together is the case of all cases at once.
func together(cases []Case) Case {
	all := Case{Name: "all of these together", MidWrite: true}
	for _, c := range cases {
		all.Flags = slices.Concat(all.Flags, c.Flags)
	}
	all.InForce = func(p service.Process) error {
		for _, c := range cases {
			if err := c.InForce(p); err != nil {
				return err
			}
		}
		return nil
	}
	return all
}
