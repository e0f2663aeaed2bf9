package engine

import "context"

// ID returns the id of the image that has a name.
func (e *Engine) ID(ctx context.Context, image string) (string, error) {
	return e.Docker(ctx, "image", "inspect", "--format={{.Id}}", image)
}

// Save writes an image to a file, as docker save does it.
func (e *Engine) Save(ctx context.Context, image, path string) error {
	// By id: a name without a tag means every tag of it.
	id, err := e.ID(ctx, image)
	if err != nil {
		return err
	}
	_, err = e.Docker(ctx, "save", "--output="+path, id)
	return err
}

// Load reads an image from a file that docker save wrote.
func (e *Engine) Load(ctx context.Context, path string) error {
	_, err := e.Docker(ctx, "load", "--quiet", "--input="+path)
	return err
}
