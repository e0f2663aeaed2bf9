package pgstore

import (
	"embed"
	"fmt"
	"path"
	"strconv"
	"strings"
)

//go:embed schema/*.sql
var schemaFiles embed.FS

// step is a change of the schema. The number of the last one that a database has
// had is the version of its schema; one without a schema has version 0.
type step struct {
	version int
	sql     string
}

// steps returns all steps in their order: those of the files schema/NNNN_name.sql.
func steps() ([]step, error) {
	files, err := schemaFiles.ReadDir("schema")
	if err != nil {
		return nil, err
	}
	all := make([]step, len(files))
	for i, file := range files {
		number, _, _ := strings.Cut(file.Name(), "_")
		version, err := strconv.Atoi(number)
		if err != nil || version != i+1 {
			return nil, fmt.Errorf("schema/%s: want the number %04d", file.Name(), i+1)
		}
		sql, err := schemaFiles.ReadFile(path.Join("schema", file.Name()))
		if err != nil {
			return nil, err
		}
		all[i] = step{version, string(sql)}
	}
	return all, nil
}
