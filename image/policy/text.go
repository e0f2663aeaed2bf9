package policy

import (
	"fmt"
	"slices"
)

// text is a part of an image's configuration.
type text struct{ where, content string }

// texts returns whatever people write into a configuration.
func (i *Image) texts() []text {
	var texts []text
	config := i.config.Config
	for _, variable := range config.Env {
		texts = append(texts, text{"the environment", variable})
	}
	for name, value := range config.Labels {
		texts = append(texts, text{"label " + name, name + "=" + value})
	}
	for name, value := range i.manifest.Annotations {
		texts = append(texts, text{"annotation " + name, name + "=" + value})
	}
	for _, argument := range slices.Concat(config.Entrypoint, config.Cmd) {
		texts = append(texts, text{"the command", argument})
	}
	for n, step := range i.config.History {
		texts = append(texts, text{fmt.Sprintf("step %d of the history", n), step.CreatedBy + "\n" + step.Comment})
	}
	return texts
}
