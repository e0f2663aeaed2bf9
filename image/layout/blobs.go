package layout

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	v1 "github.com/google/go-containerregistry/pkg/v1"
)

// blobs are the blobs of the layout in a directory.
type blobs struct{ dir string }

func (b blobs) path(digest v1.Hash) string {
	return filepath.Join(b.dir, "blobs", digest.Algorithm, digest.Hex)
}

// read returns a blob of which the digest is right.
func (b blobs) read(digest v1.Hash) ([]byte, error) {
	content, err := os.ReadFile(b.path(digest))
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(content)
	if got := hex.EncodeToString(sum[:]); digest.Algorithm != "sha256" || got != digest.Hex {
		return nil, fmt.Errorf("blob %s has the digest sha256:%s", digest, got)
	}
	return content, nil
}
