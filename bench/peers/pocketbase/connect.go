package main

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// fullPragmas are those of core.DefaultDBConnect, but for synchronous, which is
// NORMAL there: with WAL that flushes nothing when a transaction commits.
const fullPragmas = "?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=journal_size_limit(200000000)" +
	"&_pragma=synchronous(FULL)&_pragma=foreign_keys(ON)&_pragma=temp_store(MEMORY)&_pragma=cache_size(-32000)"

func connect(path string, full bool) (*dbx.DB, error) {
	if !full {
		return core.DefaultDBConnect(path)
	}
	return dbx.Open("sqlite", path+fullPragmas)
}
