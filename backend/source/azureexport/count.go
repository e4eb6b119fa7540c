package azureexport

import (
	"context"
	"errors"
	"fmt"
	"io"

	"cloud-intelligence/backend/source"
)

// counted compares the records of a file with the number that the manifest of its run
// states. A file that was cut at the end of a line can be noticed in no other way.
type counted struct {
	source.Reader
	name      string
	want, got int64
	last      int64 // line of the last record
	reported  bool
}

// Next reads the next batch. Where records are missing, one reject says so behind the last
// batch: the sums of such a file are not those of the bill.
func (c *counted) Next(ctx context.Context) (*source.Batch, error) {
	b, err := c.Reader.Next(ctx)
	if err == nil {
		c.got += int64(b.Rows + len(b.Rejects))
		if b.Rows > 0 {
			c.last = b.Lines[b.Rows-1]
		}
		return b, nil
	}
	if !errors.Is(err, io.EOF) || c.got >= c.want || c.reported {
		return nil, err
	}
	c.reported = true
	reason := fmt.Sprintf("The manifest of the export lists %d records in %s, and it ends after %d: the end of the file is missing. Fetch it again.", c.want, c.name, c.got)
	return &source.Batch{Rejects: []source.Reject{{Line: c.last, Reason: reason}}}, nil
}

// Warnings says what was changed or odd in the records read so far.
func (c *counted) Warnings() []string {
	if w, ok := c.Reader.(interface{ Warnings() []string }); ok {
		return w.Warnings()
	}
	return nil
}

// counting returns a reader that compares, where the manifest of the run states a number.
func counting(f source.File, r source.Reader) source.Reader {
	folder, ok := openFolder(f)
	if !ok {
		return r
	}
	defer folder.close()
	run, ok := folder.runOf(f)
	if !ok {
		return r
	}
	for _, b := range run.blobs {
		if b.is(baseName(f)) && b.rows > 0 {
			return &counted{Reader: r, name: baseName(f), want: b.rows}
		}
	}
	return r
}
