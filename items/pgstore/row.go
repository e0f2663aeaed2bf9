package pgstore

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"example.com/multistage/items"
)

// row is what the database answers with, until the next row is read.
type row [][]byte

func (r row) int(i int) int64 { return int64(binary.BigEndian.Uint64(r[i])) }

func (r row) time(i int) time.Time { return time.UnixMicro(r.int(i) + epoch).UTC() }

// item returns the item in the columns.
func (r row) item() items.Item {
	return items.Item{
		ID: r.int(0), Name: string(r[1]), Description: string(r[2]),
		CreatedAt: r.time(3), UpdatedAt: r.time(4), Version: r.int(5),
	}
}

// query runs a prepared statement and hands over its rows.
func query(ctx context.Context, conn *pgconn.PgConn, name string, values [][]byte, each func(row)) error {
	return read(conn.ExecStatement(ctx, known(name), values, binaryFormat, binaryFormat), each)
}

// known returns a prepared statement of whose columns nothing is asked at each call: who
// reads its rows knows them. That there is one keeps pgconn from asking.
func known(name string) *pgconn.StatementDescription {
	return &pgconn.StatementDescription{Name: name, Fields: make([]pgconn.FieldDescription, 1)}
}

func read(result *pgconn.ResultReader, each func(row)) error {
	for result.NextRow() {
		each(result.Values())
	}
	_, err := result.Close()
	return err
}

// statement is one of those that are sent together.
type statement struct {
	name   string
	values [][]byte
	each   func(row)
}

// queryAll runs statements as one transaction, in one round trip.
func queryAll(ctx context.Context, conn *pgconn.PgConn, all ...statement) (err error) {
	pipeline := conn.StartPipeline(ctx)
	defer func() {
		if closeErr := pipeline.Close(); err == nil {
			err = closeErr
		}
	}()
	for _, s := range all {
		pipeline.SendQueryStatement(known(s.name), s.values, binaryFormat, binaryFormat)
	}
	if err := pipeline.Sync(); err != nil {
		return err
	}
	for _, s := range all {
		got, err := pipeline.GetResults()
		if err != nil {
			return err
		}
		result, ok := got.(*pgconn.ResultReader)
		if !ok {
			return fmt.Errorf("%s: unexpected answer %T", s.name, got)
		}
		if err := read(result, s.each); err != nil {
			return err
		}
	}
	return nil
}
