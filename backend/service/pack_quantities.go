package service

import (
	"context"
	"fmt"
)

// Unpacked counts the lines whose quantities are not packed: an older version imported them.
// Questions about their quantities are answered all the same, but read the rows.
func (w Ledger) Unpacked(ctx context.Context) (lines int64, err error) {
	heads, err := w.db.Unpacked(ctx)
	if err != nil {
		return 0, fmt.Errorf("look for quantities to pack: %w", err)
	}
	for _, h := range heads {
		lines += int64(h.Lines)
	}
	return lines, nil
}

// PackQuantities packs the quantities of all lines that Unpacked counts, some ten thousand lines
// at a time. Imports, changes and questions go on meanwhile, and no answer changes. What is done
// stays done when ctx is cancelled or the process dies, and a later call goes on from there: the
// workspace itself is the checkpoint. progress, which may be nil, is called before the first lines and
// after each step with the lines done and those there are to do. The errors are those of store.PackQuantities.
func (w Ledger) PackQuantities(ctx context.Context, progress func(done, total int64)) error {
	heads, err := w.db.Unpacked(ctx)
	if err != nil {
		return fmt.Errorf("look for quantities to pack: %w", err)
	}
	var done, total int64
	for _, h := range heads {
		total += int64(h.Lines)
	}
	tell := func() {
		if progress != nil {
			progress(done, total)
		}
	}
	tell()
	for _, h := range heads {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := w.db.PackQuantities(ctx, h); err != nil {
			return fmt.Errorf("pack quantities: %w", err)
		}
		done += int64(h.Lines)
		tell()
	}
	return nil
}
