package pricebook

// Block is what block storage of one kind costs in one region.
type Block struct {
	Provider, Region string
	Kind             string // such as gp3, premium-ssd-P10, pd-balanced, snapshot
	Media            string // ssd, hdd or snapshot
	SizeGiB          Number // of a disk that is sold by size
	GBMonth          Number // USD
	DiskMonth        Number // USD, of a disk that is sold by size
	IOPSMonth        Number // USD for each
	MBpsMonth        Number // USD for each
	BaselineIOPS     string // a number, or a rule such as 3/GB (min 100)
	BaselineMBps     string
	MaxIOPS, MaxMBps Number
	Origin
}

// Object is what object storage of one class costs in one region.
type Object struct {
	Provider, Region   string
	Class              string    // such as standard_ia, cool_lrs, nearline
	Tier               string    // hot, cool, cold, archive …
	Redundancy         string    // region, dual-region, multi-region, LRS, ZRS …
	GBMonth            [3]Number // USD: to 51,200 GiB, to 512,000 GiB and above; an unknown one costs what the one before costs
	PutPer1k, GetPer1k Number    // USD
	RetrievalGB        Number    // USD
	MinimumDays        Number
	Origin
}

// Egress is one step of what traffic costs.
type Egress struct {
	Provider     string
	Region       string // or a zone of prices
	Traffic      string // internet, inter_region or inter_zone
	Destination  string
	FromGB, ToGB Number // a month; ToGB is unknown for the last step
	GB           Number // USD
	Origin
}

// Item is what a unit of something small costs: load balancers, NAT, addresses, clusters.
type Item struct {
	Provider, Region string
	Name             string // such as nat_gateway, alb_lcu
	Unit             string // hour, GB …
	Price            Number // USD
	Origin
}

// Database is what a class of a managed database costs in one region, by the hour.
type Database struct {
	Provider, Region string
	Service          string // rds, elasticache, flexible_server, cloud_sql …
	Engine           string
	Class            string // such as db.m5.large, or a unit
	VCPU, MemoryGiB  Number
	Deployment       string // single_az, multi_az, node, zonal, regional …
	OnDemand         Number // USD an hour
	Commit1          Number // USD an hour, one year
	StorageGBMonth   Number // USD
	Extra            string // what the price says besides
	Origin
}

type (
	place      struct{ provider, name string }
	placeName  struct{ provider, region, name string }
	egressKey  struct{ provider, region, traffic string }
	serviceKey struct{ provider, region, service string }
)

func (b *Book) readResources(in *reading) {
	b.blocks = readTable(in, "block_storage", []string{"provider", "region", "volume_type", "price_gb_month_usd"}, func(r *row) Block {
		return Block{
			Provider: r.text("provider"), Region: r.text("region"), Kind: r.text("volume_type"), Media: r.text("media"), SizeGiB: r.number("size_gib"),
			GBMonth: r.number("price_gb_month_usd"), DiskMonth: r.number("price_disk_month_usd"), IOPSMonth: r.number("price_iops_month_usd"), MBpsMonth: r.number("price_mbps_month_usd"),
			BaselineIOPS: r.text("baseline_iops"), BaselineMBps: r.text("baseline_mbps"), MaxIOPS: r.number("max_iops"), MaxMBps: r.number("max_mbps"), Origin: r.origin(),
		}
	})
	b.objects = readTable(in, "object_storage", []string{"provider", "region", "storage_class", "price_gb_month_first_tier_usd"}, func(r *row) Object {
		return Object{
			Provider: r.text("provider"), Region: r.text("region"), Class: r.text("storage_class"), Tier: r.text("tier"), Redundancy: r.text("redundancy"),
			GBMonth:  [3]Number{r.number("price_gb_month_first_tier_usd"), r.number("price_gb_month_tier2_usd"), r.number("price_gb_month_tier3_usd")},
			PutPer1k: r.number("put_per_1k_usd"), GetPer1k: r.number("get_per_1k_usd"), RetrievalGB: r.number("retrieval_gb_usd"), MinimumDays: r.number("min_days"), Origin: r.origin(),
		}
	})
	b.egress = readTable(in, "egress", []string{"provider", "region_or_zone", "traffic", "from_gb", "price_gb_usd"}, func(r *row) Egress {
		return Egress{
			Provider: r.text("provider"), Region: r.text("region_or_zone"), Traffic: r.text("traffic"), Destination: r.text("destination"),
			FromGB: r.number("from_gb"), ToGB: r.number("to_gb"), GB: r.number("price_gb_usd"), Origin: r.origin(),
		}
	})
	b.items = readTable(in, "lb_nat_ip", []string{"provider", "region", "item", "unit", "price_usd"}, func(r *row) Item {
		return Item{Provider: r.text("provider"), Region: r.text("region"), Name: r.text("item"), Unit: r.text("unit"), Price: r.number("price_usd"), Origin: r.origin()}
	})
	b.databases = readTable(in, "managed_db", []string{"provider", "region", "service", "engine", "instance_or_unit", "deployment", "on_demand_hourly_usd"}, func(r *row) Database {
		return Database{
			Provider: r.text("provider"), Region: r.text("region"), Service: r.text("service"), Engine: r.text("engine"), Class: r.text("instance_or_unit"),
			VCPU: r.number("vcpu"), MemoryGiB: r.number("memory_gib"), Deployment: r.text("deployment"), OnDemand: r.number("on_demand_hourly_usd"),
			Commit1: r.number("commit_1yr_hourly_usd"), StorageGBMonth: r.number("storage_gb_month_usd"), Extra: r.text("extra"), Origin: r.origin(),
		}
	})
}

// Block is the price of block storage of a kind in a region, nil where it is not known.
func (b *Book) Block(provider, region, kind string) *Block {
	return b.blockAt[placeName{provider, region, kind}]
}

// Blocks lists the block storage of a region in the order of the table.
func (b *Book) Blocks(provider, region string) []*Block { return b.blocksIn[place{provider, region}] }

// Objects lists the object storage of a region in the order of the table.
func (b *Book) Objects(provider, region string) []*Object {
	return b.objectsIn[place{provider, region}]
}

// Egress lists the steps of the price of traffic of a region or zone, in the order of the table.
func (b *Book) Egress(provider, region, traffic string) []*Egress {
	return b.egressAt[egressKey{provider, region, traffic}]
}

// Item is the price of a small thing, nil where it is not known.
func (b *Book) Item(provider, region, name string) *Item {
	return b.itemAt[placeName{provider, region, name}]
}

// Databases lists the classes of a managed database service in a region, in the order of the table.
func (b *Book) Databases(provider, region, service string) []*Database {
	return b.databasesIn[serviceKey{provider, region, service}]
}
