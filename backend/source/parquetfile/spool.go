package parquetfile

import (
	"context"
	"errors"
	"io"
	"os"
	"syscall"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
)

// spoolMost bounds what is unpacked onto the disk for one entry of an archive.
const spoolMost = 16 << 30

// spool is an entry of an archive, unpacked: a Parquet file is read from its end, which
// an archive cannot do. Only the user may read it, and it goes with close; where the
// system lets a file in use be removed, not even a crash leaves it behind.
type spool struct {
	file    *os.File
	sha256  string
	removed bool
}

func newSpool(ctx context.Context, f source.File) (s *spool, err error) {
	stream, err := csvfile.OpenStream(ctx, f)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, stream.Close()) }()
	file, err := os.CreateTemp("", "cloud-intelligence-*.parquet") // mode 0600
	if err != nil {
		return nil, spoolError(err, f)
	}
	s = &spool{file: file, removed: os.Remove(file.Name()) == nil}
	if err := s.fill(ctx, f, stream); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *spool) fill(ctx context.Context, f source.File, stream *csvfile.Stream) error {
	buf := make([]byte, 256<<10)
	for size := int64(0); ; {
		n, err := stream.Read(ctx, buf)
		if size += int64(n); size > spoolMost {
			return finops.Errorf(finops.CodeInvalid, "%s unpacks to more than 16 GiB. Unpack the archive and import the file.", f.Name())
		}
		if n > 0 {
			if _, err := s.file.Write(buf[:n]); err != nil {
				return spoolError(err, f)
			}
		}
		if errors.Is(err, io.EOF) {
			s.sha256 = stream.SHA256()
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func spoolError(err error, f source.File) error {
	if errors.Is(err, syscall.ENOSPC) {
		return finops.WrapError(finops.CodeUnavailable, err, "There is no room in %s to unpack %s. Free some, or unpack the archive yourself and import the file", os.TempDir(), f.Name())
	}
	return finops.WrapError(finops.CodeUnavailable, err, "%s cannot be unpacked into %s. Unpack the archive yourself and import the file", f.Name(), os.TempDir())
}

func (s *spool) close() error {
	err := s.file.Close()
	if !s.removed {
		s.removed = true
		err = errors.Join(err, os.Remove(s.file.Name()))
	}
	return err
}
