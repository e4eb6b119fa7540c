package service

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// habits are the ways in which bills are delivered.
var habits = []string{"month to date", "a file a day", "two parts", "windows"}

// closingDays is how long a month is delivered again after its end.
const closingDays = 2

// stream is an export that somebody set up: what it writes each evening, and where.
type stream struct {
	habit    string
	name     string
	accounts []string
	charges  []*historyCharge
	rng      *rand.Rand
	dated    bool // every delivery has paths of its own; else the old file is written over
	moving   bool // a charge may move from one part to the other
	chunk    int  // lines of the first of two parts that move, 0 = half
	window   int  // days
	versions int
	always   *spelling // nil = another one each time
}

// historyCharge is a charge: what identifies it, and its amounts at each time. Amounts are
// ten-thousandths.
type historyCharge struct {
	account, resource, sku, currency string

	day      int
	arrives  int // evening
	restated int // evening from which it costs more
	base     int64
}

func (c *historyCharge) amount(evening int) int64 {
	if evening >= c.restated {
		return c.base + 137
	}
	return c.base
}

func (c *historyCharge) effective(evening int) int64 { return c.amount(evening) - 25 }

// delivered is a file as it was written on an evening. Of all files of a scope that reach a
// day, those of the newest version count.
type delivered struct {
	stream      *stream
	path        string
	scope       string
	version     int
	evening     int
	first, last int // days it reaches
	charges     []*historyCharge
	sum         [32]byte
}

func newStream(rng *rand.Rand, habit string, number, accounts, before int) *stream {
	s := &stream{habit: habit, name: fmt.Sprintf("export-%c", 'a'+number), rng: rng, window: 3 + rng.IntN(5)}
	for i := range accounts {
		s.accounts = append(s.accounts, fmt.Sprintf("10%d", before+i))
	}
	switch habit {
	case "windows":
		s.dated = true
	case "month to date":
		s.dated = rng.IntN(2) == 0
	case "two parts":
		s.dated, s.moving = rng.IntN(2) == 0, rng.IntN(2) == 0
		if s.moving {
			// Two unread versions in one folder would leave it open which part is whose.
			s.dated, s.chunk = false, []int{0, 10}[rng.IntN(2)]
		}
	}
	if rng.IntN(2) == 0 {
		s.always = newSpelling(rng)
	}
	return s
}

func (s *stream) String() string {
	return fmt.Sprintf("%s: %s, accounts %v, dated %v, moving %v, chunk %d, window %d", s.name, s.habit, s.accounts, s.dated, s.moving, s.chunk, s.window)
}

// happen adds the charges of a day. On every day the first resource of an account is reported
// in time, others up to two days late; some are restated within the days that come again.
func (s *stream) happen(day int) {
	late := closingDays
	if s.habit == "a file a day" {
		late = 1
	}
	for _, account := range s.accounts {
		for resource := range 2 + s.rng.IntN(3) {
			for sku := range 2 {
				c := &historyCharge{
					account: account, resource: fmt.Sprintf("i-%s-%d", account, resource), sku: fmt.Sprintf("sku-%d", sku), currency: "USD",
					day: day, arrives: day, restated: day + 1000, base: 100 + s.rng.Int64N(1_000_000),
				}
				if sku == 1 && account == s.accounts[len(s.accounts)-1] {
					c.currency = "EUR"
				}
				if resource > 0 && s.rng.IntN(4) == 0 {
					c.arrives += 1 + s.rng.IntN(late)
				}
				if s.rng.IntN(4) == 0 {
					c.restated = day + 1 + s.rng.IntN(late)
				}
				s.charges = append(s.charges, c)
			}
		}
	}
}

// deliver returns what the stream writes on an evening, as a new version.
func (s *stream) deliver(h *history, evening int) (files []*delivered) {
	s.versions++
	add := func(path, scope string, first, last int, of func(c *historyCharge) bool) {
		d := &delivered{stream: s, path: s.name + "/" + path, scope: s.name + " " + scope, version: s.versions, evening: evening, first: first, last: last}
		for _, c := range s.charges {
			if c.arrives <= evening && c.day >= first && c.day <= last && of(c) {
				d.charges = append(d.charges, c)
			}
		}
		if len(d.charges) > 0 {
			files = append(files, d)
		}
	}
	all := func(*historyCharge) bool { return true }
	switch s.habit {
	case "a file a day":
		for day := max(evening-1, 0); day <= evening; day++ {
			name := "costs-" + h.start.AddDate(0, 0, day).Format(time.DateOnly) + ".csv"
			add(name, name, day, day, all)
		}
	case "windows":
		add(fmt.Sprintf("window-%02d.csv", s.versions), "", max(evening-s.window+1, 0), evening, all)
	default:
		for _, month := range slices.Compact([]string{h.month(max(evening-closingDays, 0)), h.month(evening)}) {
			first, last := evening, evening
			for first > 0 && h.month(first-1) >= month {
				first--
			}
			for h.month(last) > month {
				last--
			}
			s.deliverMonth(add, month, first, last, evening)
		}
	}
	return files
}

func (s *stream) deliverMonth(add func(path, scope string, first, last int, of func(c *historyCharge) bool), month string, first, last, evening int) {
	folder := month + "/"
	if s.dated {
		folder += fmt.Sprintf("run-%02d/", s.versions)
	}
	if s.habit == "month to date" {
		add(folder+"month.csv", month, first, last, func(*historyCharge) bool { return true })
		return
	}
	second := func(c *historyCharge) bool { return c.sku == "sku-1" }
	scopes := []string{month + " 1", month + " 2"}
	if s.moving {
		var list []*historyCharge
		for _, c := range s.charges {
			if c.arrives <= evening && c.day >= first && c.day <= last {
				list = append(list, c)
			}
		}
		end := s.chunk
		if end == 0 {
			end = len(list) / 2
		}
		rest := map[*historyCharge]bool{}
		for _, c := range list[min(end, len(list)):] {
			rest[c] = true
		}
		second = func(c *historyCharge) bool { return rest[c] }
		scopes = []string{month, month}
	}
	add(folder+"month-00001.csv", scopes[0], first, last, func(c *historyCharge) bool { return !second(c) })
	add(folder+"month-00002.csv", scopes[1], first, last, second)
}

// spelling is how a file writes the same values.
type spelling struct {
	time    string
	decimal int
	columns uint64 // seed of their order
	gzip    bool
}

func newSpelling(rng *rand.Rand) *spelling {
	times := []string{"2006-01-02T15:04Z", "2006-01-02T15:04:05Z", "2006-01-02T15:04:05.000Z", "2006-01-02T15:04:05+00:00"}
	return &spelling{times[rng.IntN(len(times))], rng.IntN(3), rng.Uint64(), rng.IntN(4) == 0}
}

func (s *stream) spelling(rng *rand.Rand) *spelling {
	if s.always != nil {
		return s.always
	}
	return newSpelling(rng)
}

// decimal writes ten-thousandths.
func decimal(amount int64) string { return fmt.Sprintf("%d.%04d", amount/10_000, amount%10_000) }

// amount writes ten-thousandths as 1.5, 1.5000 or 15000E-4.
func (s *spelling) amount(amount int64) string {
	switch s.decimal {
	case 0:
		return strings.TrimSuffix(strings.TrimRight(decimal(amount), "0"), ".")
	case 1:
		return decimal(amount)
	}
	return fmt.Sprintf("%dE-4", amount)
}

// encode writes the charges of a file as they are on its evening.
func (s *spelling) encode(t *testing.T, h *history, d *delivered) []byte {
	t.Helper()
	columns := newTable("SkuId").header
	order := rand.New(rand.NewPCG(s.columns, 1)).Perm(len(columns))
	var text bytes.Buffer
	row := func(value func(name string) string) {
		for i, c := range order {
			if i > 0 {
				text.WriteByte(',')
			}
			text.WriteString(value(columns[c]))
		}
		text.WriteByte('\n')
	}
	row(func(name string) string { return name })
	for _, c := range d.charges {
		day := h.start.AddDate(0, 0, c.day)
		month := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC)
		values := map[string]string{
			"ProviderName": "AWS", "BillingAccountId": c.account, "BillingCurrency": c.currency,
			"BillingPeriodStart": month.Format(s.time), "BillingPeriodEnd": month.AddDate(0, 1, 0).Format(s.time),
			"ChargePeriodStart": day.Format(s.time), "ChargePeriodEnd": day.AddDate(0, 0, 1).Format(s.time),
			"ChargeCategory": "Usage", "ServiceName": "Compute", "ResourceId": c.resource, "SkuId": c.sku,
			"BilledCost": s.amount(c.amount(d.evening)), "EffectiveCost": s.amount(c.effective(d.evening)),
		}
		row(func(name string) string { return values[name] })
	}
	if !s.gzip {
		return text.Bytes()
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write(text.Bytes())
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return packed.Bytes()
}
