// Command registry is a registry of images for tests: that of the distribution
// project, with its files in a directory.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"

	"github.com/distribution/distribution/v3/configuration"
	_ "github.com/distribution/distribution/v3/registry/auth/htpasswd" // named by configure
	"github.com/distribution/distribution/v3/registry/handlers"
	_ "github.com/distribution/distribution/v3/registry/storage/driver/filesystem" // named by configure
)

func main() {
	dir := flag.String("dir", "", "directory for what is pushed")
	users := flag.String("htpasswd", "", "file of users with bcrypt hashes; without it everyone may do everything")
	flag.Parse()

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	app := handlers.NewApp(context.Background(), configure(*dir, *users))
	fmt.Printf("listening on http://%s\n", listener.Addr())
	log.Fatal(http.Serve(listener, app))
}

func configure(dir, users string) *configuration.Configuration {
	config := &configuration.Configuration{
		Storage: configuration.Storage{"filesystem": {"rootdirectory": dir}},
	}
	if users != "" {
		config.Auth = configuration.Auth{"htpasswd": {"realm": "test", "path": users}}
	}
	return config
}
