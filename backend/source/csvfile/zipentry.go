package csvfile

import (
	"io/fs"

	"github.com/klauspost/compress/zip"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// openEntry makes the content of in the bytes of one entry of the .zip. Its hash is
// that of the unpacked bytes.
func (in *input) openEntry(entry string) error {
	in.compression = "zip"
	if err := source.CheckZip(in.file, in.size); err != nil {
		return err
	}
	archive, err := zip.NewReader(in.file, in.size)
	if err != nil {
		return finops.WrapError(finops.CodeCorrupt, err, "%s is damaged: its list of contents cannot be read. Fetch it again", in.path)
	}
	for _, e := range archive.File {
		if e.Name != entry {
			continue
		}
		if e.Flags&1 != 0 {
			return finops.Errorf(finops.CodeUnsupported, "%s is encrypted. Unpack the archive with its password and import the files.", in.name)
		}
		if e.UncompressedSize64 > maxBytes {
			return finops.Errorf(finops.CodeInvalid, "%s unpacks to more than 500 GB. Split it and import the parts.", in.name)
		}
		content, err := e.Open()
		if err != nil {
			return in.readError(err)
		}
		in.packed, in.unpacked = max(1, int64(e.CompressedSize64)), int64(e.UncompressedSize64)
		in.raw = &hashReader{r: content, hash: in.hash}
		in.content = in.raw
		return nil
	}
	return finops.WrapError(finops.CodeNotFound, fs.ErrNotExist, "%s has no entry %q", in.path, entry)
}
