package docker

import (
	"net"
	"testing"

	"example.com/multistage/e2e/blackbox"
)

// Deploy returns a function that deploys an image, with a new volume for its
// data. Flags are those of docker run.
//
// Containers share the network of this machine, which works with engines that
// have no bridge, and for engines on this machine only.
func Deploy(image string, flags ...string) func(*testing.T) blackbox.Service {
	return func(t *testing.T) blackbox.Service {
		volume := docker(t, "volume", "create")
		t.Cleanup(func() { docker(t, "volume", "rm", volume) })
		return service{image, append(flags, "--volume="+volume+":/data")}
	}
}

type service struct {
	image string
	flags []string
}

func (s service) Start(t *testing.T, settings ...string) blackbox.Instance {
	t.Helper()
	address := freeAddress(t)
	flags := append([]string{"--network=host", "--env=ITEMS_ADDR=" + address}, s.flags...)
	for _, setting := range settings {
		flags = append(flags, "--env="+setting)
	}
	c := run(t, s.image, flags...)
	c.url = "http://" + address
	c.await("does not get ready", c.ready)
	return c
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}
