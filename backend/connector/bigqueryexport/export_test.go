package bigqueryexport

// Paged is a connector whose pages have at most so many rows.
func Paged(rows int) Connector { return Connector{pageRows: rows} }

// ReadAvro reads rows of columns of all types, a list and a record among them, and returns how many it could read.
func ReadAvro(text string, rows []byte) (read int, err error) {
	columns := []column{
		{Name: "s", Type: "STRING"}, {Name: "i", Type: "INTEGER"}, {Name: "f", Type: "FLOAT"}, {Name: "b", Type: "BOOLEAN"}, {Name: "n", Type: "NUMERIC"}, {Name: "d", Type: "DATE"}, {Name: "t", Type: "TIME"}, {Name: "x", Type: "BYTES"},
		{Name: "l", Type: "RECORD", Mode: "REPEATED", Fields: []column{{Name: "k", Type: "STRING"}}},
	}
	plans, err := schema(text, columns)
	if err != nil {
		return 0, err
	}
	b := block{rest: rows}
	err = b.rows(plans, 3, func([]value) error { read++; return nil })
	return read, err
}
