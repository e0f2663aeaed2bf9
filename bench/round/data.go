package round

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// growth is which share of its items data may grow by before it is made anew.
const growth = 0.05

// data are the items of a contender and of its variants.
type data struct {
	seeded string // directory of a copy that no measurement changes
	live   string // directory that services use
	items  int
	// created is how many items are in live beyond those.
	created float64
}

// renew makes live as it was after seeding, unless it is nearly so.
func (d *data) renew(ctx context.Context) error {
	if _, err := os.Stat(d.live); err == nil && d.created <= growth*float64(d.items) {
		return nil
	}
	if err := os.RemoveAll(d.live); err != nil {
		return err
	}
	d.created = 0
	return copyAll(ctx, d.seeded, d.live)
}

// copyAll copies a directory and flushes each file, so that nothing of it is written
// while something is measured.
func copyAll(ctx context.Context, from, to string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || ctx.Err() != nil {
			return cmp.Or(err, ctx.Err())
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		switch target := filepath.Join(to, name); {
		case entry.IsDir():
			return os.MkdirAll(target, 0o700)
		case entry.Type().IsRegular():
			return copyFile(path, target)
		default:
			return fmt.Errorf("%s is no file", path)
		}
	})
}

func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return cmp.Or(err, target.Sync(), target.Close())
}

// occupied returns the bytes that the files of a directory occupy on disk.
func occupied(dir string) (sum int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		sum += info.Sys().(*syscall.Stat_t).Blocks * 512 // the unit of st_blocks on Linux
		return nil
	})
	return sum, err
}
