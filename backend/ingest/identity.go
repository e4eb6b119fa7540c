package ingest

import (
	"bytes"
	"strconv"

	"github.com/cespare/xxhash/v2"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// What makes a charge the same charge in another export of its bill: when it began, what was
// charged, for whom. Names, tags and amounts may change. Where a SKU or a resource is named,
// the service, the description and the region say nothing more, and they are what providers
// reword and translate.
//
// An identity is made of values, never of spellings: times are points in time, the case of
// letters, blanks around a value and leading zeros of a number do not count, nor does the
// order of the columns.
type identifier struct{ first, second, third, always int } // columns of a tuple, -1 for none

// identifierOf returns where a group keeps what identifies its charges; column returns the
// place of a column.
func identifierOf(g store.Group, column func(name string) int) identifier {
	switch g {
	case store.SKU:
		return identifier{column("SkuId"), column("ServiceName"), column("ChargeDescription"), column("ChargeCategory")}
	case store.Resource:
		return identifier{column("ResourceId"), column("RegionId"), -1, column("SubAccountId")}
	}
	return identifier{-1, -1, -1, -1}
}

// hash returns the identity of a tuple from the hashes of its texts; 0 is no value.
func (i identifier) hash(text func(column int) uint64) uint64 {
	of := func(column int) uint64 {
		if column < 0 {
			return 0
		}
		return text(column)
	}
	if named := of(i.first); named != 0 {
		return mix(named, of(i.always), 1)
	}
	return mix(of(i.second)+of(i.third)*3, of(i.always), 2)
}

// textHash hashes a value without its spelling; 0 for no value.
func textHash(field []byte) uint64 {
	field = bytes.TrimSpace(field)
	if finops.IsNull(field) {
		return 0
	}
	digits, upper := true, false
	for _, c := range field {
		digits = digits && c >= '0' && c <= '9'
		upper = upper || (c >= 'A' && c <= 'Z') || c >= 0x80
	}
	if digits {
		if trimmed := bytes.TrimLeft(field, "0"); len(trimmed) > 0 {
			field = trimmed
		}
	}
	if upper {
		field = bytes.ToLower(field)
	}
	return xxhash.Sum64(field) | 1 // no value stays apart
}

// periodHash is the identity of a charge period.
func periodHash(startUnix int64) uint64 {
	var buf [24]byte
	return xxhash.Sum64(strconv.AppendInt(buf[:0], startUnix, 36))
}

func mix(a, b, c uint64) uint64 {
	h := a ^ b*0x9e3779b97f4a7c15 ^ c*0xc2b2ae3d27d4eb4f
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}

// areaOf is a sub-account together with a service: what parts of a bill that are exported apart
// mostly differ in.
func areaOf(service, account uint64) uint64 { return mix(service, account, 3) }

// costHash is what a charge costs, billed and effective, without the spelling of the amounts.
func costHash(billed, effective finops.Amount) uint32 {
	h := mix(amountHash(billed), amountHash(effective), 4)
	return uint32(h ^ h>>32)
}

func amountHash(a finops.Amount) uint64 {
	if coef, ok := a.Coef(); ok {
		scale := a.Scale()
		for coef != 0 && scale > 0 && coef%10 == 0 {
			coef, scale = coef/10, scale-1
		}
		if coef == 0 {
			scale = 0
		}
		return mix(uint64(coef), uint64(scale), 5)
	}
	return xxhash.Sum64(a.Trim().Append(nil))
}
