package ops

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"example.com/multistage/server/problem"
)

// backupPatience is how long a client may take for one piece of a backup before it is
// cut off, which are the 32 KiB that are copied at a time: while it waits, the store
// can't use again the pages that changes free.
const backupPatience = 30 * time.Second

// Snapshotter is a store that can be copied while it serves.
type Snapshotter interface {
	// Snapshot calls take with the size in bytes and the content of the store
	// at one moment. It returns what take does, or why there is no snapshot.
	Snapshot(ctx context.Context, take func(size int64, snapshot io.WriterTo) error) error
}

// backup serves GET /backup: a file that the restore command takes.
type backup struct {
	store Snapshotter
	log   *slog.Logger
}

func (b backup) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	begun := false
	ctx := context.WithoutCancel(r.Context()) // a service that drains ends it no sooner than it must
	err := b.store.Snapshot(ctx, func(size int64, snapshot io.WriterTo) error {
		begun = true
		header := w.Header()
		header.Set("Content-Type", "application/octet-stream")
		header.Set("Content-Length", strconv.FormatInt(size, 10))
		header.Set("Content-Disposition", `attachment; filename="`+time.Now().UTC().Format("items-20060102T150405Z.db")+`"`)
		header.Set("Cache-Control", "no-store")
		if r.Method == http.MethodHead {
			return nil
		}
		_, err := snapshot.WriteTo(patientWriter{w, http.NewResponseController(w)})
		return err
	})
	if err == nil {
		return
	}
	b.log.Error("backup", "error", err)
	if begun {
		panic(http.ErrAbortHandler) // no client takes what it has for whole
	}
	problem.Write(w, problem.Problem{
		Status: http.StatusServiceUnavailable,
		Detail: "There is no backup of the item store now. The service's log says why.",
	})
}

// noBackup serves GET /backup where the store is a database with tools of its own.
func noBackup(w http.ResponseWriter, _ *http.Request) {
	problem.Write(w, problem.Problem{
		Status: http.StatusNotImplemented,
		Detail: "The items are in a database that has backups of its own: of PostgreSQL, pg_dump makes a copy, " +
			"and pg_basebackup with archived WAL one that goes up to any moment.",
	})
}

// patientWriter lets a response take as long as it needs while its pieces are taken.
type patientWriter struct {
	http.ResponseWriter
	controller *http.ResponseController
}

func (w patientWriter) Write(p []byte) (int, error) {
	if err := w.controller.SetWriteDeadline(time.Now().Add(backupPatience)); err != nil {
		return 0, err
	}
	return w.ResponseWriter.Write(p)
}
