package pricebook

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"os"
	"sync"

	"cloud-intelligence/backend/finops"
)

//go:embed tables
var tables embed.FS

// Book is a set of price tables. It is never changed after it was opened, so that it can be
// asked by several goroutines.
type Book struct {
	version string
	columns map[string][]string // that are read, by table

	compute    []Compute
	types      []MachineType
	surcharges []Surcharge
	discounts  []Discount
	successors []Successor
	processors []Processor

	blocks    []Block
	objects   []Object
	egress    []Egress
	items     []Item
	databases []Database

	regions      []Region
	geos         []Geo
	services     []Service
	attestations []Attestation
	sources      []Source

	computeAt   map[computeKey]*Compute
	computeIn   map[place][]*Compute
	typeAt      map[place]*MachineType
	blockAt     map[placeName]*Block
	blocksIn    map[place][]*Block
	objectsIn   map[place][]*Object
	egressAt    map[egressKey][]*Egress
	itemAt      map[placeName]*Item
	databasesIn map[serviceKey][]*Database
	regionAt    map[place]*Region
	gpuFamilies map[place]bool
}

// Tables lists the tables of a book with the columns that are read of each.
func (b *Book) Tables() map[string][]string { return b.columns }

// BuiltIn is the book that the program carries.
var BuiltIn = sync.OnceValues(func() (*Book, error) {
	files, err := fs.Sub(tables, "tables")
	if err != nil {
		return nil, finops.WrapError(finops.CodeInternal, err, "The price tables are missing from the program")
	}
	return read(files)
})

// Open reads the CSV tables of a folder. It answers CodeNotFound when one is missing, and CodeInvalid,
// naming file, line and column, for a value that cannot be used.
func Open(dir string) (*Book, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, finops.Errorf(finops.CodeNotFound, "%s is not a folder with price tables", dir)
	}
	return read(os.DirFS(dir))
}

func read(files fs.FS) (*Book, error) {
	in := &reading{files: files, sum: sha256.New(), columns: map[string][]string{}}
	b := &Book{columns: in.columns}
	b.readMachines(in)
	b.readResources(in)
	b.readFacts(in)
	if in.err != nil {
		return nil, in.err
	}
	b.version = hex.EncodeToString(in.sum.Sum(nil))[:12]
	return b, b.arrange()
}

// arrange makes the ways to find a row; a key that occurs twice is an error.
func (b *Book) arrange() (err error) {
	b.computeIn = index(b.compute, func(c *Compute) place { return place{c.Provider, c.Region} })
	b.blocksIn = index(b.blocks, func(v *Block) place { return place{v.Provider, v.Region} })
	b.objectsIn = index(b.objects, func(v *Object) place { return place{v.Provider, v.Region} })
	b.egressAt = index(b.egress, func(v *Egress) egressKey { return egressKey{v.Provider, v.Region, v.Traffic} })
	b.gpuFamilies = map[place]bool{}
	for _, c := range b.compute {
		if c.Category == "gpu" {
			b.gpuFamilies[place{c.Provider, c.Family}] = true
		}
	}
	b.databasesIn = index(b.databases, func(v *Database) serviceKey { return serviceKey{v.Provider, v.Region, v.Service} })
	if b.computeAt, err = unique("compute_prices", b.compute, func(c *Compute) computeKey { return computeKey{c.Provider, c.Region, c.Type, c.OS} }); err != nil {
		return err
	}
	if b.typeAt, err = unique("instance_types", b.types, func(t *MachineType) place { return place{t.Provider, t.Type} }); err != nil {
		return err
	}
	if b.blockAt, err = unique("block_storage", b.blocks, func(v *Block) placeName { return placeName{v.Provider, v.Region, v.Kind} }); err != nil {
		return err
	}
	if b.itemAt, err = unique("lb_nat_ip", b.items, func(v *Item) placeName { return placeName{v.Provider, v.Region, v.Name} }); err != nil {
		return err
	}
	b.regionAt, err = unique("regions", b.regions, func(r *Region) place { return place{r.Provider, r.Name} })
	return err
}

// Version names the book: two books with the same figures have the same.
func (b *Book) Version() string { return b.version }

// Oldest is the earlier day of two in the form YYYY-MM-DD; "" is no day.
func Oldest(a, b string) string {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}
