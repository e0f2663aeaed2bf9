package pgstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"
)

// applicationName is how the database's own views name the connections, unless their
// user says otherwise.
const applicationName = "items"

// parse returns how to connect to the database at url.
func parse(url string, o Options) (*pgconn.Config, error) {
	config, err := readURL(url)
	if err != nil {
		return nil, err
	}
	o = o.withDefaults()
	config.ConnectTimeout = o.ConnectTimeout
	// A host that is gone without a word is noticed within half a minute, also while
	// nobody asks.
	dialer := &net.Dialer{KeepAliveConfig: net.KeepAliveConfig{
		Enable: true, Idle: 15 * time.Second, Interval: 5 * time.Second, Count: 3,
	}}
	config.DialFunc = dialer.DialContext
	config.BuildFrontend = newFrontend
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = applicationName
	}
	return config, nil
}

// maxMessage is the length in bytes of the longest message that is read. An item with all
// that it may have takes a fiftieth of it.
const maxMessage = 1 << 20

// newFrontend returns a reader of messages. It refuses those longer than maxMessage: who
// is no database, and is asked as one, may claim any length, for which memory is taken.
func newFrontend(r io.Reader, w io.Writer) *pgproto3.Frontend {
	f := pgproto3.NewFrontend(r, w)
	f.SetMaxBodyLen(maxMessage)
	return f
}

// errAmbiguous is the error of a url that has a part of a password where hosts or
// databases, which are told, have their place.
var errAmbiguous = errors.New("the URL of the database can't be read: write an @ in it as %40 and a / as %2F, but for those before the host and the database")

// readURL returns what a url says, and the environment where it says nothing.
func readURL(url string) (*pgconn.Config, error) {
	if scheme, rest, found := strings.Cut(url, "://"); found && strings.HasPrefix(scheme, "postgres") {
		rest, _, _ = strings.Cut(rest, "?")
		authority, database, _ := strings.Cut(rest, "/")
		if strings.Count(authority, "@") > 1 || strings.Contains(database, "@") {
			return nil, errAmbiguous
		}
	}
	config, err := pgconn.ParseConfig(url)
	if err != nil {
		return nil, unreadable(err)
	}
	return config, nil
}

// unreadable returns why a url can't be read, without the url: where it is malformed,
// nothing tells which part of it was meant as the password.
func unreadable(err error) error {
	if _, why, found := strings.Cut(err.Error(), "`: "); found {
		return fmt.Errorf("the URL of the database can't be read: %s", why)
	}
	return errors.New("the URL of the database can't be read")
}

// Redact returns the part of a url that is no secret: user, hosts and database. A url
// that says nothing of them stands for what the environment says.
func Redact(database string) string {
	config, err := readURL(database)
	if err != nil {
		return "postgres://"
	}
	var hosts []string
	add := func(host string, port uint16) {
		if at := hostPort(host, port); len(hosts) == 0 || hosts[len(hosts)-1] != at {
			hosts = append(hosts, at)
		}
	}
	add(config.Host, config.Port)
	for _, fallback := range config.Fallbacks { // the same host again without TLS, or the next one
		add(fallback.Host, fallback.Port)
	}
	user := url.User(config.User).String()
	return fmt.Sprintf("postgres://%s@%s/%s", user, strings.Join(hosts, ","), url.PathEscape(config.Database))
}

// hostPort returns an address; that of a socket in the file system as URLs have it.
func hostPort(host string, port uint16) string {
	if strings.HasPrefix(host, "/") {
		host = url.PathEscape(host)
	}
	return net.JoinHostPort(host, strconv.Itoa(int(port)))
}

// closeConn ends a connection, and waits for the database to hear of it for a moment.
func closeConn(conn *pgconn.PgConn) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = conn.Close(ctx) // it is closed in any case
}
