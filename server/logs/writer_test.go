package logs

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// gate is a file that takes a write only when it is let.
type gate struct {
	taken bytes.Buffer
	let   chan struct{}
}

func (g *gate) Write(p []byte) (int, error) {
	<-g.let
	return g.taken.Write(p)
}

// TestFullRoomWaits checks that lines wait for a slow file, and that none is lost.
func TestFullRoomWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file := &gate{let: make(chan struct{})}
		w := NewWriter(file)
		line := []byte(strings.Repeat("x", room/4-1) + "\n")
		given := 0
		go func() {
			for range 20 {
				w.Append(line)
				given++
			}
			w.Close()
			close(file.let)
		}()
		synctest.Wait()
		if given >= 20 || len(w.waiting) > room {
			t.Errorf("%d of 20 lines were taken, %d bytes wait", given, len(w.waiting))
		}
		for given < 20 {
			file.let <- struct{}{}
			synctest.Wait()
		}
		file.let <- struct{}{}
		<-w.ended
		if want := bytes.Repeat(line, 20); !bytes.Equal(file.taken.Bytes(), want) {
			t.Errorf("%d bytes were written, want %d", file.taken.Len(), len(want))
		}
	})
}

// TestWriteIsInOrderAndAtOnce checks that what the service says of itself comes
// after the requests before it, and has come when Write returns.
func TestWriteIsInOrderAndAtOnce(t *testing.T) {
	var file bytes.Buffer
	w := NewWriter(&file)
	defer w.Close()
	for i := range 100 {
		w.Append([]byte("request\n"))
		fmt.Fprintln(w, "error")
		if want := strings.Repeat("request\nerror\n", i+1); file.String() != want {
			t.Fatalf("after error %d: %q", i, file.String())
		}
	}
}

// TestHurry checks that nobody waits for a file that takes nothing once its writer
// hurries, and that lines are lost only as long as it does.
func TestHurry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file := &gate{let: make(chan struct{})}
		w := NewWriter(file)
		line := []byte(strings.Repeat("x", room-1) + "\n")
		w.Append(line)
		synctest.Wait() // until the file has it
		w.Append(line)
		w.Hurry()
		fmt.Fprintln(w, "lost")
		w.Append([]byte("lost\n"))
		file.let <- struct{}{}
		file.let <- struct{}{}
		time.Sleep(patience)
		synctest.Wait() // until it no longer counts as stuck
		go func() { file.let <- struct{}{} }()
		fmt.Fprintln(w, "written")
		w.Append([]byte("waits\n"))
		w.Close()
		w.Append([]byte("after the end\n"))
		close(file.let)
		<-w.ended
		want := string(line) + string(line) + "written\nwaits\nafter the end\n"
		if got := file.taken.String(); got != want {
			t.Errorf("%d bytes, the last %q; want %d", len(got), got[max(0, len(got)-40):], len(want))
		}
	})
}

// TestCloseWritesAll checks it for lines of many goroutines at once.
func TestCloseWritesAll(t *testing.T) {
	var file bytes.Buffer
	w := NewWriter(&file)
	var all sync.WaitGroup
	var want []string
	for i := range 16 {
		for j := range 1000 {
			want = append(want, fmt.Sprintf("%d-%d", i, j))
		}
		all.Go(func() {
			for j := range 1000 {
				w.Append(fmt.Appendf(nil, "%d-%d\n", i, j))
			}
		})
	}
	all.Wait()
	w.Close()
	w.Append([]byte("late\n"))
	got := strings.Fields(file.String())
	slices.Sort(got)
	want = append(want, "late")
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%d lines, want %d", len(got), len(want))
	}
}

// TestLongLine checks that a line that is longer than the room is written whole,
// and that the memory for it is let go of.
func TestLongLine(t *testing.T) {
	var file bytes.Buffer
	w := NewWriter(&file)
	long := bytes.Repeat([]byte("x"), 5*room)
	w.Write(long)
	w.Write([]byte("\n"))
	w.Close()
	if file.Len() != len(long)+1 || cap(w.waiting)+cap(w.spare) > 4*room {
		t.Errorf("%d bytes were written, %d are kept", file.Len(), cap(w.waiting)+cap(w.spare))
	}
}
