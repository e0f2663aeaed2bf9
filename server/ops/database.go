package ops

import "example.com/multistage/server/prom"

// DatabaseSize is how large the file of a database is, and how much of it is
// free to be written to before it grows.
type DatabaseSize struct {
	FileBytes, FreePages, FreeBytes int64
}

// WatchDatabase lets m tell the size of a database, which size returns at each
// look. It is called before m serves.
func (m *Metrics) WatchDatabase(size func() (DatabaseSize, error)) {
	m.database = size
}

// writeDatabase adds the size of the database, where it is known.
func (m *Metrics) writeDatabase(t *prom.Text) {
	if m.database == nil {
		return
	}
	size, err := m.database()
	if err != nil {
		return // /readyz and the log tell what is wrong with the store
	}
	t.Single("items_database_file_bytes", prom.Gauge, "Size of the database file.", float64(size.FileBytes))
	t.Single("items_database_free_pages", prom.Gauge,
		"Pages of the database file that hold nothing and are used before it grows.", float64(size.FreePages))
	t.Single("items_database_free_bytes", prom.Gauge, "Size of the free pages of the database file.", float64(size.FreeBytes))
}
