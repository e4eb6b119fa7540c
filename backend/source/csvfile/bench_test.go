package csvfile_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"cloud-intelligence/backend/source/csvfile"
)

// billingText makes n records of 57 columns and about 500 bytes.
func billingText(n int, quoteAll bool, tags bool) []byte {
	rng := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	names := make([]string, 57)
	for i := range names {
		names[i] = fmt.Sprintf("Column%d", i)
	}
	b.WriteString(strings.Join(names, ",") + "\n")
	fields := make([]string, 57)
	for range n {
		for i := range fields {
			switch i % 6 {
			case 0:
				fields[i] = ""
			case 1:
				fields[i] = fmt.Sprintf("0.%010d", rng.Uint64N(1e10))
			case 2:
				fields[i] = "2026-09-01T00:00:00Z"
			case 3:
				fields[i] = "AmazonEC2"
			case 4:
				fields[i] = "us-east-1"[:2+rng.IntN(7)]
			default:
				fields[i] = "USD"
			}
			if quoteAll {
				fields[i] = `"` + fields[i] + `"`
			}
		}
		if tags {
			fields[56] = `"{""Environment"": ""production"", ""CostCenter"": ""4711""}"`
		}
		b.WriteString(strings.Join(fields, ",") + "\n")
	}
	return b.Bytes()
}

func BenchmarkCSV(b *testing.B) {
	for _, c := range []struct {
		name          string
		quoteAll, tag bool
	}{{"Plain", false, false}, {"Tags", false, true}, {"QuoteAll", true, true}} {
		b.Run(c.name, func(b *testing.B) {
			text := billingText(100_000, c.quoteAll, c.tag)
			b.SetBytes(int64(len(text)))
			b.ResetTimer()
			for b.Loop() {
				r, err := csvfile.NewReader(b.Context(), "bench", bytes.NewReader(text))
				if err != nil {
					b.Fatal(err)
				}
				rows := 0
				for {
					batch, err := r.Next(b.Context())
					if errors.Is(err, io.EOF) {
						break
					}
					if err != nil {
						b.Fatal(err)
					}
					rows += batch.Rows
					batch.Release()
				}
				if rows != 100_000 {
					b.Fatalf("%d rows", rows)
				}
			}
		})
	}
}

// BenchmarkOpen reads files from disk, with the hash and, for gzip, the unpacking.
func BenchmarkOpen(b *testing.B) {
	text := billingText(100_000, false, true)
	for name, data := range map[string][]byte{"bill.csv": text, "bill.csv.gz": pack(b, text)} {
		b.Run(name, func(b *testing.B) {
			f := save(b, name, data)
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if rows, _, _, err := count(b, f); rows != 100_000 || !errors.Is(err, io.EOF) {
					b.Fatal(rows, err)
				}
			}
		})
	}
}

// BenchmarkHeader reads the header of a file.
func BenchmarkHeader(b *testing.B) {
	f := save(b, "bill.csv", billingText(10_000, false, true))
	for b.Loop() {
		r, err := csvfile.Open(b.Context(), f)
		if err != nil {
			b.Fatal(err)
		}
		if err := r.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
