package pgstore

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"example.com/multistage/items/pgstore/pgtest"
)

// TestApply checks that a step that was done is not done again, and that one that fails
// leaves nothing.
func TestApply(t *testing.T) {
	server := pgtest.New(t)
	server.Primary()
	url := server.Database()
	if _, _, err := Migrate(t.Context(), url, Options{}); err != nil {
		t.Fatal(err)
	}
	conn, err := pgconn.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	all, err := steps()
	if err != nil {
		t.Fatal(err)
	}
	if err := apply(t.Context(), conn, all[0]); err != nil {
		t.Errorf("apply what was done: %v", err)
	}
	if err := apply(t.Context(), conn, step{2, "CREATE TABLE half (id int); SELECT 1/0"}); err == nil {
		t.Error("apply a step that fails: no error")
	}
	if version, err := versionOf(t.Context(), conn); version != 1 || err != nil {
		t.Errorf("the version is %d, %v", version, err)
	}
	if _, err := conn.Exec(t.Context(), "SELECT FROM half").ReadAll(); !hasCode(err, undefinedTable) {
		t.Errorf("a step that failed leaves a half: %v", err)
	}
}
