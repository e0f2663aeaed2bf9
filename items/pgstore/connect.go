package pgstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// errAuthentication says that the database does not take the user, its password, or the
// name of the database.
var errAuthentication = errors.New("the database refuses the user")

// connect returns a connection on which all statements are prepared, to a database whose
// schema is the right one.
func connect(ctx context.Context, config *pgconn.Config, o Options) (*pgconn.PgConn, error) {
	conn, err := pgconn.ConnectConfig(ctx, config)
	if hasClass(err, "28", "3D") {
		return nil, fmt.Errorf("%w: %w", errAuthentication, err)
	}
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, config.ConnectTimeout)
	defer cancel()
	if err := prepare(ctx, conn, o.StatementTimeout); err != nil {
		closeConn(conn)
		return nil, err
	}
	return conn, nil
}

func prepare(ctx context.Context, conn *pgconn.PgConn, timeout time.Duration) error {
	version, err := versionOf(ctx, conn)
	if err != nil {
		return err
	}
	if err := checkVersion(version); err != nil {
		return err
	}
	pipeline := conn.StartPipeline(ctx)
	// By a statement, since poolers in between refuse connections that bring settings. A
	// little sooner than the store gives up: then it knows that nothing was done.
	pipeline.SendQueryParams(fmt.Sprintf("SET statement_timeout = %d", max(1, timeout.Milliseconds()*9/10)), nil, nil, nil, nil)
	for name, sql := range statements() {
		pipeline.SendPrepare(name, sql, nil)
	}
	if err := pipeline.Sync(); err != nil {
		return errors.Join(err, pipeline.Close())
	}
	return pipeline.Close()
}
