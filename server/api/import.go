package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"time"

	"example.com/multistage/items"
	"example.com/multistage/server/problem"
)

// maxBatch is the most lines that one transaction of an import stores.
const maxBatch = 1000

// maxFailures is how many bytes of results of faulty lines end a batch early: those
// of a line that is all faults are six times as long as the line.
const maxFailures = 256 << 10

// importItems serves POST /api/items with NDJSON: each line is the draft of an item,
// and the response has a line that says what became of it. Results are sent once
// their items are durable, while lines still come, so that a client that sends many
// must read them meanwhile.
//
// An import takes any number of lines in at most 4 MiB: the buffer of the lines, a
// batch of their drafts, which are never longer, and the results of a batch.
func (a *api) importItems(w http.ResponseWriter, r *http.Request) error {
	if r.Header.Values(idempotencyKeyHeader) != nil {
		return &requestError{problem.Problem{
			Status: http.StatusBadRequest,
			Detail: "An import has no " + idempotencyKeyHeader + ": its results tell which lines to send again.",
		}}
	}
	if !a.streams.Take() {
		return errTooManyStreams
	}
	defer a.streams.Leave()
	i := &itemImport{api: a, r: r, stream: newStream(w, a.patience), lines: newLineReader(r.Body)}
	defer i.stream.end()
	if err := i.stream.control.EnableFullDuplex(); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	if r.ProtoMajor == 1 {
		// An import that stops early leaves a rest of the body, which would be taken
		// for a request. In full duplex net/http does not see to that, and when an
		// import stops its header has been sent. HTTP/2 would end the connection of
		// other requests.
		w.Header().Set("Connection", "close")
	}
	w.Header().Set("Content-Type", mediaNDJSON)
	i.finish(i.run())
	return nil
}

// itemImport is an import under way.
type itemImport struct {
	api    *api
	r      *http.Request
	stream *stream
	lines  lineReader

	read     int64         // lines so far
	due      time.Time     // of the next line that is not blank, once it is waited for
	drafts   []items.Draft // of the batch
	results  []result      // of the batch
	failures []byte        // the results of its faulty lines, one after the other
	answer   []byte        // reused
	tally    tally         // of the batches that are durable
}

// errGone says that the client of an import does not send or take any more.
type errGone struct{ error }

func (e errGone) Unwrap() error { return e.error }

// run reads lines up to the end, and stores a batch whenever it would have to wait
// for the next line. So clients that send line by line get their results one by
// one, and those that send many at once pay for few transactions.
func (i *itemImport) run() error {
	for {
		if i.full() || !i.lines.ready() {
			if err := i.commit(); err != nil {
				return err
			}
		}
		line, err := i.next()
		if err == io.EOF {
			i.tally.lines = i.read // no batch is open, but blank lines may have followed the last
			return nil
		}
		if err != nil && !errors.Is(err, errLongLine) {
			return err
		}
		i.read++
		i.take(line, err)
	}
}

// full reports whether the batch has to be stored before it takes another line.
func (i *itemImport) full() bool {
	return len(i.results) == maxBatch || len(i.failures) >= maxFailures
}

// next returns the next line. Blank ones buy no time: an import that stores nothing
// would keep its place as long as its client likes.
func (i *itemImport) next() (line []byte, err error) {
	if i.lines.ready() {
		return i.lines.next()
	}
	if i.due.IsZero() {
		i.due = time.Now().Add(i.stream.patience)
	}
	i.stream.receive(i.due, func() { line, err = i.lines.next() })
	switch {
	case err == nil, err == io.EOF, errors.Is(err, errLongLine):
		return line, err
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, &requestError{problem.Problem{
			Status: http.StatusRequestTimeout,
			Detail: fmt.Sprintf("The next line that is not blank took longer than %v to arrive.", i.stream.patience),
		}}
	}
	return nil, errGone{err}
}

// take adds a line to the batch, unless it is blank.
func (i *itemImport) take(line []byte, err error) {
	if err == nil && len(bytes.Trim(line, " \t\r")) == 0 {
		return
	}
	i.due = time.Time{}
	res := result{line: i.read}
	draft, err := parseLine(line, err)
	if err != nil {
		before := len(i.failures)
		i.failures = appendFailure(i.failures, i.read, problemOf(err))
		res.failure = len(i.failures) - before
	} else {
		i.drafts = append(i.drafts, draft)
	}
	i.results = append(i.results, res)
}

// parseLine reads the draft in a line, which could be read or is too long.
func parseLine(line []byte, err error) (items.Draft, error) {
	if err != nil {
		return items.Draft{}, &requestError{problem.Problem{
			Status: http.StatusRequestEntityTooLarge,
			Detail: fmt.Sprintf("The line must have at most %d bytes.", maxLine),
		}}
	}
	return draftIn("line", line)
}

// commit stores the batch and sends its results.
func (i *itemImport) commit() error {
	created, err := i.store()
	if err != nil {
		return err
	}
	i.answer = i.answer[:0]
	failures := i.failures
	for _, res := range i.results {
		if res.failure > 0 {
			i.answer = append(i.answer, failures[:res.failure]...)
			failures = failures[res.failure:]
			continue
		}
		i.answer = appendStored(i.answer, res.line, created[0].ID)
		created = created[1:]
	}
	i.results, i.failures = i.results[:0], i.failures[:0]
	return i.sendAnswer()
}

// store makes items of the batch's drafts.
func (i *itemImport) store() (created []items.Item, err error) {
	if len(i.drafts) > 0 {
		if created, err = i.api.store.CreateBatch(i.r.Context(), i.drafts); err != nil {
			return nil, i.storeError(err)
		}
	}
	i.tally.lines = i.read
	i.tally.durable += int64(len(created))
	i.tally.failed += int64(len(i.results) - len(created))
	clear(i.drafts)
	i.drafts = i.drafts[:0]
	return created, nil
}

// storeError returns the error of a store whose caller may have gone.
func (i *itemImport) storeError(err error) error {
	if i.r.Context().Err() != nil {
		return errGone{err}
	}
	return err
}

// sendAnswer sends the answer, if there is any.
func (i *itemImport) sendAnswer() error {
	if len(i.answer) == 0 {
		return nil
	}
	err := i.stream.send(func(w io.Writer) error {
		_, err := w.Write(i.answer)
		return err
	})
	if err != nil {
		return errGone{err}
	}
	return nil
}

// finish sends the last line, which says why the import stopped before its end, if
// err says so. Where no one is there to read it, the log tells how far it got.
func (i *itemImport) finish(err error) {
	if _, gone := errors.AsType[errGone](err); !gone {
		i.answer = i.tally.appendJSON(i.answer[:0], i.stopped(err))
		err = i.sendAnswer()
	}
	if err == nil {
		return
	}
	i.api.log.Warn("an import was cut off", "error", err, i.counts(), i.requestID())
	panic(http.ErrAbortHandler) // so that no client takes the response for whole
}

// stopped returns the problem of an import that err has stopped, and nothing of one
// that came to its end.
func (i *itemImport) stopped(err error) *problem.Problem {
	if err == nil {
		return nil
	}
	p := problemOf(err)
	if isFault(p, err) {
		i.api.log.Error("the item store failed", "error", err, i.counts(), i.requestID())
	}
	return &p
}

func (i *itemImport) counts() slog.Attr {
	return slog.GroupAttrs("", slog.Int64("lines", i.tally.lines), slog.Int64("durable", i.tally.durable), slog.Int64("failed", i.tally.failed))
}

func (i *itemImport) requestID() slog.Attr {
	return slog.String("request_id", i.stream.w.Header().Get("X-Request-ID"))
}
