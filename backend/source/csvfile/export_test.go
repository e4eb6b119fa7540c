package csvfile

import (
	"context"
	"io"
)

// NewChunked is NewReader with small chunks and a low limit for one record, so that
// tests meet the borders of both.
func NewChunked(ctx context.Context, r io.Reader, chunk, limit int) (*Reader, error) {
	reader, err := NewReader(ctx, "test", r)
	if err == nil {
		reader.parser.chunk, reader.parser.limit = chunk, limit
	}
	return reader, err
}
