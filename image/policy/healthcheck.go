package policy

import "github.com/google/go-containerregistry/pkg/v1/types"

// healthcheck holds that the engine can ask the image whether it is healthy,
// without a shell. An image in OCI's format need not say how, because the format
// has no field for it; Kubernetes's probes stand in.
func healthcheck(i *Image, want Expected, r *report) {
	var got []string
	if check := i.config.Config.Healthcheck; check != nil {
		got = check.Test
	}
	r.list("health check", got, want.Healthcheck)
	switch {
	case len(got) == 0 && i.manifest.MediaType != types.DockerManifestSchema2:
	case len(got) < 2 || got[0] != "CMD":
		r.addf(`health check %q, want "CMD" and a command`, got)
	default:
		i.command(got[1], r)
	}
}
