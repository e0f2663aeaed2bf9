package reload

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"
)

// TestWatch checks that a bad version is logged though nobody asks for the value, and
// that nothing is looked at after the end.
func TestWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "file")
		write(t, path, "good")
		var log bytes.Buffer
		f := open(t, jsonLog(&log), time.Now, path)
		ctx, cancel := context.WithCancel(t.Context())
		go f.Watch(ctx)
		for _, step := range []struct {
			about, content, levels string
		}{
			{"nothing", "good", ""},
			{"bad", "bad", "ERROR"},
			{"still bad", "bad", ""},
			{"better", "better", "INFO"},
		} {
			if step.levels != "" {
				replace(t, path, step.content)
			}
			time.Sleep(watchInterval)
			synctest.Wait()
			if got := levels(t, &log); got != step.levels {
				t.Errorf("%s: logged %q, want %q", step.about, got, step.levels)
			}
		}
		cancel()
		replace(t, path, "bad")
		time.Sleep(2 * watchInterval)
		if log.Len() > 0 {
			t.Errorf("after the end: logged %s", &log)
		}
	})
}
