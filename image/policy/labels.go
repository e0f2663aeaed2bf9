package policy

import "time"

func labels(i *Image, want Expected, r *report) {
	r.pairs("label", i.config.Config.Labels, want.Labels)
}

func annotations(i *Image, want Expected, r *report) {
	r.pairs("annotation", i.manifest.Annotations, want.Annotations)
}

// created holds that label and configuration agree on when the image was made.
func created(i *Image, _ Expected, r *report) {
	label, found := i.config.Config.Labels["org.opencontainers.image.created"]
	if !found {
		return
	}
	at, err := time.Parse(time.RFC3339, label)
	if err != nil {
		r.addf("the label says %q, want a time of RFC 3339", label)
	} else if !at.Equal(i.config.Created.Time) {
		r.addf("the label says %s and the configuration %s", label, i.config.Created.Format(time.RFC3339))
	}
}
