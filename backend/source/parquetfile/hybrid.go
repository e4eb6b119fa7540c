package parquetfile

import (
	"encoding/binary"
	"math"
)

// hybrid unpacks levels and dictionary codes little by little: Parquet keeps them as runs
// of one number and as groups of eight packed numbers. Packed they take a fraction of the
// memory, which counts where a report has 200 columns.
type hybrid struct {
	data   []byte // behind the run that is being read
	width  uint   // bits of a number
	left   int    // numbers of the run that were not read
	value  uint32 // of a run of one number
	packed []byte // numbers of a packed run, nil for a run of one number
	bit    int    // in packed, of the next number
}

const maxWidth = 32

func (h *hybrid) reset(data []byte, width uint) { *h = hybrid{data: data, width: width} }

// read fills dst. It answers errDamaged if there are fewer numbers.
func (h *hybrid) read(dst []uint32) error {
	for len(dst) > 0 {
		if h.left == 0 {
			if err := h.run(); err != nil {
				return err
			}
		}
		n := min(h.left, len(dst))
		if h.packed == nil {
			for i := range dst[:n] {
				dst[i] = h.value
			}
		} else {
			h.unpack(dst[:n])
		}
		h.left -= n
		dst = dst[n:]
	}
	return nil
}

// same passes over at most n equal numbers, if a run of one number comes next. count is 0
// if none does.
func (h *hybrid) same(n int) (value uint32, count int, err error) {
	if h.left == 0 {
		if err := h.run(); err != nil {
			return 0, 0, err
		}
	}
	if h.packed != nil {
		return 0, 0, nil
	}
	count = min(n, h.left)
	h.left -= count
	return h.value, count, nil
}

// run begins the next run.
func (h *hybrid) run() error {
	if h.width == 0 && len(h.data) == 0 { // nothing needs to be written of numbers without bits
		h.left, h.value, h.packed = math.MaxInt32, 0, nil
		return nil
	}
	header, n := binary.Uvarint(h.data)
	if n <= 0 || header>>1 > math.MaxInt32 || header>>1 == 0 || h.width > maxWidth {
		return errDamaged
	}
	h.data = h.data[n:]
	if header&1 == 0 {
		size := int(h.width+7) / 8
		if size > len(h.data) {
			return errDamaged
		}
		var word [4]byte
		copy(word[:], h.data[:size])
		h.left, h.value, h.packed, h.data = int(header>>1), binary.LittleEndian.Uint32(word[:]), nil, h.data[size:]
		return nil
	}
	// Groups of eight. The last one may be cut off behind the numbers that count.
	size := min(int(header>>1)*int(h.width), len(h.data))
	h.left, h.value, h.packed, h.bit, h.data = int(header>>1)*8, 0, h.data[:size:size], 0, h.data[size:]
	if h.width > 0 {
		h.left = min(h.left, size*8/int(h.width))
	}
	if h.left == 0 {
		return errDamaged
	}
	return nil
}

func (h *hybrid) unpack(dst []uint32) {
	mask := uint64(1)<<h.width - 1
	for h.width <= 8 && len(dst) >= 8 && h.bit&7 == 0 && h.bit>>3+8 <= len(h.packed) { // a group of eight
		word := binary.LittleEndian.Uint64(h.packed[h.bit>>3:])
		for i := range dst[:8] {
			dst[i] = uint32(word & mask)
			word >>= h.width
		}
		h.bit += 8 * int(h.width)
		dst = dst[8:]
	}
	for i := range dst {
		at := h.bit >> 3
		var word uint64
		if at+8 <= len(h.packed) {
			word = binary.LittleEndian.Uint64(h.packed[at:])
		} else {
			var rest [8]byte
			copy(rest[:], h.packed[at:])
			word = binary.LittleEndian.Uint64(rest[:])
		}
		dst[i] = uint32(word >> (h.bit & 7) & mask)
		h.bit += int(h.width)
	}
}
