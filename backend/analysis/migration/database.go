package migration

import (
	"fmt"
	"math/big"
	"strings"

	"cloud-intelligence/backend/pricebook"
)

// managed is a managed database that was picked: what it costs a month for one server, storage included.
type managed struct {
	class  string // "" = nothing is large enough or has a price
	next   string
	hourly *big.Rat
	vcpu   *big.Rat
	memory *big.Rat
	cost   cost
}

// managedService says where an engine runs managed and which rows of the service count.
type managedService struct {
	service, engine, deployment string
	classes                     string   // the beginning of the names that count; "" = all
	times                       *big.Rat // the price of a class and its storage counts so often
	storageService              string   // "" = the class's own price
	storageDeployment           string
	memoryOnly                  bool
}

// serviceFor is where an engine runs managed on a provider; ok is false where the tables have nothing.
func serviceFor(provider string, w *Workload) (m managedService, ok bool) {
	pick := func(one, two string) string {
		if w.DBHA {
			return two
		}
		return one
	}
	double := whole(1)
	if w.DBHA {
		double = whole(2)
	}
	relational := w.Engine == "postgresql" || w.Engine == "mysql"
	switch {
	case provider == "aws" && (relational || w.Engine == "sqlserver" && w.DBLicence != "byol"):
		deployment := pick("single_az", "multi_az")
		engine := w.Engine
		if engine == "sqlserver" {
			engine = "sqlserver-se"
		}
		return managedService{service: "rds", engine: engine, deployment: deployment, times: whole(1), storageService: "rds_storage", storageDeployment: deployment}, true
	case provider == "aws" && w.Engine == "redis":
		return managedService{service: "elasticache", engine: "redis", deployment: "node", times: double, memoryOnly: true}, true
	case provider == "azure" && relational:
		return managedService{service: "flexible_server", engine: w.Engine, times: double}, true
	case provider == "azure" && w.Engine == "redis":
		return managedService{service: "cache_for_redis", engine: "redis", classes: pick("", "Standard_ Premium_"), times: whole(1), memoryOnly: true}, true
	case provider == "azure" && w.Engine == "sqlserver":
		return managedService{service: "sql_database", engine: "sqlserver", classes: "GP_", times: double}, true
	}
	return managedService{}, false
}

// managedCost picks and prices the managed database of one server of a line.
func (a *assessment) managedCost(s *shelf, w *Workload, n need) managed {
	switch {
	case s.provider == "gcp" && (w.Engine == "postgresql" || w.Engine == "mysql"):
		return s.cloudSQL(w, n)
	case s.provider == "gcp" && w.Engine == "redis":
		return s.memorystore(w, n)
	}
	m, ok := serviceFor(s.provider, w)
	if !ok {
		return managed{cost: unpriced}
	}
	key := strings.Join([]string{m.engine, m.deployment, m.classes}, " ")
	list := s.databasesOf(m.service, key, func(d *pricebook.Database) bool {
		return d.Engine == m.engine && (m.deployment == "" || d.Deployment == m.deployment) && m.counts(d.Class)
	})
	best, next := a.cheapestClass(m, list, w, n)
	if best == nil {
		return managed{cost: unpriced}
	}
	chosen := managed{class: best.row.Class, vcpu: rat(best.row.VCPU.Amount()), memory: rat(best.row.MemoryGiB.Amount())}
	if next != nil {
		chosen.next = next.row.Class
	}
	hourly := classPrice(*best, w)
	chosen.hourly = hourly.amount()
	chosen.cost = hourly.times(hours(w), m.times).plus(s.managedStorage(m, best, w))
	return chosen
}

func (m managedService) counts(class string) bool {
	if m.classes == "" {
		return true
	}
	for _, prefix := range words(m.classes) {
		if strings.HasPrefix(class, prefix) {
			return true
		}
	}
	return false
}

// classPrice is what an hour of a class costs; without the licence it is the compute figure that Azure's rows name for a month.
func classPrice(f found[pricebook.Database], w *Workload) cost {
	if w.Engine == "sqlserver" && w.DBLicence == "byol" {
		text, ok := strings.CutPrefix(f.row.Extra, "compute ")
		month, read := leading(text)
		if !ok || !read {
			return unpriced
		}
		c := cost{usd: mul(quo(month, whole(hoursInMonth)), f.factor), from: []figure{f.figure}}
		if f.estimated {
			c.estimated = c.usd
		}
		return c
	}
	return f.price(f.row.OnDemand)
}

// cheapestClass is the cheapest class that is large enough, and the next one: by price, then fewer vCPU, then name.
func (a *assessment) cheapestClass(m managedService, list []found[pricebook.Database], w *Workload, n need) (best, next *found[pricebook.Database]) {
	cheaper := func(x, y *found[pricebook.Database]) bool {
		if c := classPrice(*x, w).amount().Cmp(classPrice(*y, w).amount()); c != 0 {
			return c < 0
		}
		if c := x.row.VCPU.Amount().Cmp(y.row.VCPU.Amount()); c != 0 {
			return c < 0
		}
		return x.row.Class < y.row.Class
	}
	for i := range list {
		f := &list[i]
		shared := strings.HasPrefix(f.row.Class, "db.t") || strings.HasPrefix(f.row.Class, "cache.t") || strings.HasPrefix(f.row.Class, "B_")
		switch {
		case shared && !a.burstable(w), classPrice(*f, w).unknown,
			!f.row.MemoryGiB.Known() || rat(f.row.MemoryGiB.Amount()).Cmp(n.memory) < 0,
			!m.memoryOnly && (!f.row.VCPU.Known() || rat(f.row.VCPU.Amount()).Cmp(whole(n.vcpus(nil))) < 0):
			continue
		case best == nil || cheaper(f, best):
			best, next = f, best
		case next == nil || cheaper(f, next):
			next = f
		}
	}
	return best, next
}

// managedStorage is what the storage of one server costs a month.
func (s *shelf) managedStorage(m managedService, class *found[pricebook.Database], w *Workload) cost {
	if m.memoryOnly || w.DBStorageGiB.Sign() == 0 {
		return cost{}
	}
	gib := rat(w.DBStorageGiB)
	if m.storageService == "" {
		return class.price(class.row.StorageGBMonth).times(gib, m.times)
	}
	return s.unit(m.storageService, "", m.storageDeployment, "GB-month", func(d *pricebook.Database) pricebook.Number { return d.StorageGBMonth }).times(gib)
}

// unit is a price of a service that is sold by the unit.
func (s *shelf) unit(service, engine, deployment, name string, price func(*pricebook.Database) pricebook.Number) cost {
	list := s.databasesOf(service, engine+" "+deployment, func(d *pricebook.Database) bool {
		return (engine == "" || d.Engine == engine) && d.Deployment == deployment
	})
	for _, f := range list {
		if f.row.Class == name {
			return f.price(price(f.row))
		}
	}
	return unpriced
}

func hourlyOf(d *pricebook.Database) pricebook.Number { return d.OnDemand }

// cloudSQL is sized freely: one or an even number of vCPU up to 96, memory in steps of a quarter GiB, 0.9 to 6.5 GiB a vCPU and at least 3.75.
func (s *shelf) cloudSQL(w *Workload, n need) managed {
	vcpu := n.vcpus(nil)
	quarters := max(ceil(mul(n.memory, whole(4))), 15)
	vcpu = max(vcpu, (quarters+25)/26) // 6.5 GiB a vCPU
	if vcpu > 1 && vcpu%2 == 1 {
		vcpu++
	}
	if vcpu > 96 {
		return managed{cost: unpriced}
	}
	quarters = max(quarters, ceil(fraction(int64(vcpu)*36, 10)))
	memory := fraction(int64(quarters), 4)
	deployment := "zonal"
	if w.DBHA {
		deployment = "regional (HA)"
	}
	hourly := s.unit("cloud_sql", "mysql/postgresql", deployment, "vCPU", hourlyOf).times(whole(vcpu)).
		plus(s.unit("cloud_sql", "mysql/postgresql", deployment, "GB RAM", hourlyOf).times(memory))
	all := hourly.times(hours(w))
	if w.DBStorageGiB.Sign() > 0 {
		all = all.plus(s.unit("cloud_sql_storage", "", deployment, "GB-month", func(d *pricebook.Database) pricebook.Number { return d.StorageGBMonth }).times(rat(w.DBStorageGiB)))
	}
	return managed{class: fmt.Sprintf("db-custom-%d-%d", vcpu, quarters*256), hourly: hourly.amount(), vcpu: whole(vcpu), memory: memory, cost: all}
}

// memorystoreSizes are the largest whole GB of the price classes M1 to M5.
var memorystoreSizes = []int{4, 10, 35, 100, 300}

// memorystore is sold by whole GB, at a price that falls with the size.
func (s *shelf) memorystore(w *Workload, n need) managed {
	gb := max(ceil(n.memory), 1)
	tier, deployment := "basic", "basic"
	if w.DBHA {
		tier, deployment = "standard", "standard (HA)"
	}
	for i, most := range memorystoreSizes {
		if gb <= most {
			hourly := s.unit("memorystore", "redis", deployment, fmt.Sprintf("M%d per GB", i+1), hourlyOf).times(whole(gb))
			return managed{
				class: fmt.Sprintf("memorystore-M%d-%s-%d", i+1, tier, gb), hourly: hourly.amount(), vcpu: new(big.Rat), memory: whole(gb), cost: hourly.times(hours(w)),
			}
		}
	}
	return managed{cost: unpriced}
}
