package pricelist

import (
	"cmp"
	"context"
	"encoding/json"
	"math/big"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// retailItem is a price of Azure.
type retailItem struct {
	Currency    string      `json:"currencyCode"`
	From        json.Number `json:"tierMinimumUnits"`
	Price       json.Number `json:"retailPrice"`
	Meter       string      `json:"meterName"`
	Product     string      `json:"productName"`
	SKU         string      `json:"skuName"`
	Unit        string      `json:"unitOfMeasure"`
	Type        string      `json:"type"`
	Primary     bool        `json:"isPrimaryMeterRegion"`
	Machine     string      `json:"armSkuName"`
	Region      string      `json:"armRegionName"`
	Reserved    string      `json:"reservationTerm"`
	SavingsPlan []struct {
		Price json.Number `json:"retailPrice"`
		Term  string      `json:"term"`
	} `json:"savingsPlan"`
}

// fullPage is how many items a page of Azure has; an older answer had a tenth of it.
const fullPage = 1000

// pagesMax ends a list that leads in circles.
const pagesMax = 2000

// retail calls found with each price that a filter finds. An empty link after a full page is a fault of Azure that was seen: then
// the next page is asked for by its place.
func (l *Lists) retail(ctx context.Context, currency, filter string, found func(retailItem)) error {
	query := url.Values{"api-version": {"2023-01-01-preview"}, "currencyCode": {"'" + currency + "'"}, "$filter": {filter}}
	address, got := l.at.Azure+"/api/retail/prices?"+query.Encode(), 0
	for range pagesMax {
		var page struct {
			Items []json.RawMessage
			Next  string `json:"NextPageLink"`
			Count int
		}
		if err := get(ctx, l.azure, address, nil, decodeInto(&page)); err != nil {
			return err
		}
		for _, text := range page.Items {
			var item retailItem
			if json.Unmarshal(text, &item) != nil {
				continue // what is no price of the known form is not listed
			}
			if item.Currency != currency {
				return finops.Errorf(finops.CodeCorrupt, "Azure answered in %q in place of %s.", item.Currency, currency)
			}
			found(item)
		}
		got += page.Count
		switch {
		case page.Next != "":
			var err error
			if address, err = below(l.at.Azure, page.Next); err != nil {
				return err
			}
		case page.Count >= fullPage:
			query.Set("$skip", strconv.Itoa(got))
			address = l.at.Azure + "/api/retail/prices?" + query.Encode()
		default:
			return nil
		}
	}
	return finops.Errorf(finops.CodeCorrupt, "The price list of Azure has no end.")
}

// azureTerms are the terms as Azure calls them, with their hours.
var azureTerms = map[string]struct {
	hours          int64
	bound, movable string
}{"1 Year": {8_760, commitOne, flexOneYear}, "3 Years": {26_280, commitThree, flexThreeYrs}}

// azureLists are the services of which prices are read beside machines, with their kind.
var azureLists = []struct {
	kind    pricebook.Kind
	service string
	narrow  string // further conditions
	note    func(*sheet, retailItem)
}{
	{pricebook.Disks, "Storage", " and contains(productName, 'Disk')", noteDisk},
	{pricebook.Objects, "Storage", " and productName eq 'General Block Blob v2'", noteBlob},
	{pricebook.Databases, "Azure Database for PostgreSQL", "", noteFlexible("PostgreSQL", "postgresql")},
	{pricebook.Databases, "Azure Database for MySQL", "", noteFlexible("MySQL", "mysql")},
	{pricebook.Databases, "Redis Cache", "", noteRedis},
	{pricebook.Databases, "SQL Database", " and contains(productName, 'General Purpose')", noteSQL},
	{pricebook.Network, "Application Gateway", "", noteNetwork},
	{pricebook.Network, "NAT Gateway", "", noteNetwork},
	{pricebook.Network, "Virtual Network", " and productName eq 'IP Addresses'", noteNetwork},
	{pricebook.Network, "Bandwidth", "", noteNetwork},
	{pricebook.Licences, "Virtual Machines Licenses", "", noteLicence},
}

// stepsOfAzure are one for machines, and one for each service.
func (l *Lists) stepsOfAzure() []step {
	steps := []step{{[]pricebook.Kind{pricebook.Machines}, l.readAzure}}
	for _, list := range azureLists {
		steps = append(steps, step{[]pricebook.Kind{list.kind}, func(ctx context.Context, s *sheet) error {
			// Some articles are the same everywhere; the region's own go before them.
			everywhere := newSheet(s.Order, s.asOf)
			places := "armRegionName eq '" + s.Region + "' or armRegionName eq 'Global'"
			if list.kind == pricebook.Licences {
				places += " or armRegionName eq ''" // they are sold in no region
			}
			filter := "serviceName eq '" + list.service + "' and (" + places + ") and priceType eq 'Consumption'" + list.narrow
			err := l.retail(ctx, "USD", filter, func(i retailItem) {
				switch {
				case i.Type != "Consumption":
				case i.Region == "Global", i.Region == "":
					list.note(everywhere, i)
				default:
					list.note(s, i)
				}
			})
			for key, r := range everywhere.rates {
				if _, own := s.rates[key]; !own && !s.twice[key] {
					s.rates[key] = r
				}
			}
			return err
		}})
	}
	return steps
}

// azureLicences are the licences that are read, by product.
var azureLicences = map[string]string{"Red Hat Enterprise Linux": "rhel", "SUSE Linux Enterprise Server Standard": "sles", "SQL Server Standard": pricebook.SQLServer}

// Sizes of machines for which a licence is sold: one, a range, or from one on.
var licenceSizes = regexp.MustCompile(`^([0-9]+)(?:-([0-9]+)|\+)?[ -]vCPU VM$`)

// noteLicence notes the licence of a machine by its size. Own subscriptions and free ones are worded otherwise.
func noteLicence(s *sheet, i retailItem) {
	system := azureLicences[i.Product]
	size, ok := strings.CutSuffix(i.Meter, " License")
	if !ok {
		size, ok = strings.CutSuffix(i.Meter, " Support")
	}
	m := licenceSizes.FindStringSubmatch(size)
	if system == "" || !ok || m == nil || i.Unit != "1 Hour" {
		return
	}
	if system == pricebook.SQLServer {
		if m[1] == "1" && m[2] == "4" {
			s.rate(pricebook.Licences, pricebook.LicenceItem(system, pricebook.SQLServerScope), pricebook.Unit, "", i.Price.String(), one)
		}
		return
	}
	for _, edge := range m[1:] {
		if vcpu, err := strconv.Atoi(edge); err == nil {
			s.rate(pricebook.Licences, pricebook.LicenceItem(system, pricebook.BySize(vcpu)), pricebook.Unit, "", i.Price.String(), one)
		}
	}
}

// monthly is from an hour to a month.
var monthly = big.NewRat(730, 1)

// diskMeter is a disk that is sold by size, such as P10 LRS Disk.
var diskMeter = regexp.MustCompile(`^([PS][0-9]+) LRS Disk$`)

// noteDisk notes premium disks, the smallest standard disk and ultra disks, which are listed by the hour.
func noteDisk(s *sheet, i retailItem) {
	price := i.Price.String()
	if m := diskMeter.FindStringSubmatch(i.Meter); m != nil && i.Unit == "1/Month" {
		switch {
		case i.Product == "Premium SSD Managed Disks":
			s.rate(pricebook.Disks, "premium-ssd-"+m[1], pricebook.DiskMonth, "", price, one)
		case i.Product == "Standard HDD Managed Disks" && m[1] == "S4":
			s.rate(pricebook.Disks, "standard-hdd-S4", pricebook.DiskMonth, "", price, one)
		}
		return
	}
	part := map[[2]string]pricebook.Part{
		{"Ultra LRS Provisioned Capacity", "1 GiB/Hour"}: pricebook.GBMonth, {"Ultra LRS Provisioned IOPS", "1/Hour"}: pricebook.IOPSMonth,
		{"Ultra LRS Provisioned Throughput (MBps)", "1/Hour"}: pricebook.MBpsMonth,
	}[[2]string{i.Meter, i.Unit}]
	if part != "" && i.Product == "Ultra Disks" {
		s.rate(pricebook.Disks, "ultra-disk", part, "", price, monthly)
	}
}

// blobMeter is data or reads of a class of blobs.
var blobMeter = regexp.MustCompile(`^(Hot|Cool|Cold|Archive) (?:LRS )?(Data Stored|Read Operations)$`)

func noteBlob(s *sheet, i retailItem) {
	m := blobMeter.FindStringSubmatch(i.Meter)
	if m == nil || i.SKU != m[1]+" LRS" {
		return
	}
	item := strings.ToLower(m[1]) + "_lrs"
	switch {
	case m[2] == "Data Stored" && i.Unit == "1 GB/Month":
		s.rate(pricebook.Objects, item, pricebook.GBMonth, cmp.Or(i.From.String(), "0"), i.Price.String(), one)
	case m[2] == "Read Operations" && i.Unit == "10K":
		s.rate(pricebook.Objects, item, pricebook.Get1k, "", i.Price.String(), big.NewRat(1, 10))
	}
}

// Series of flexible servers: their product, how many cores a price is for, and the classes that the book has of them.
var (
	flexProduct = regexp.MustCompile(`Flexible Server (General Purpose|Memory Optimized|Business Critical|Burstable) (?:- )?([A-Z][A-Za-z0-9]*) Series Compute$`)
	flexCores   = regexp.MustCompile(`^(?:([0-9]+) )?vCore$`)
	flexClass   = regexp.MustCompile(`^(?:GP|MO)_Standard_([DE])([0-9]+)([a-z]*)_(v[0-9]+)$`)
)

// noteFlexible notes flexible servers of an engine. Their cores have one price in a series, their storage one in a region.
func noteFlexible(product, engine string) func(*sheet, retailItem) {
	return func(s *sheet, i retailItem) {
		m := flexProduct.FindStringSubmatch(i.Product)
		storage := i.Meter == "Storage Data Stored" && i.Unit == "1 GB/Month"
		if !strings.Contains(i.Product, product+" Flexible Server") || !storage && (m == nil || i.Unit != "1 Hour") {
			return
		}
		for _, d := range s.classes("flexible_server", engine) {
			if storage {
				s.rate(pricebook.Databases, d.Item(), pricebook.GBMonth, "", i.Price.String(), one)
			} else if factor := flexFactor(d.Class, m[1], m[2], i); factor != nil {
				s.rate(pricebook.Databases, d.Item(), pricebook.Hour, "", i.Price.String(), factor)
			}
		}
	}
}

// flexFactor is how often the price of an article of a tier and series is paid for a class; nil where it is of another one.
func flexFactor(class, tier, series string, i retailItem) *big.Rat {
	if name, burstable := strings.CutPrefix(class, "B_Standard_"); burstable {
		if tier == "Burstable" && strings.EqualFold(i.SKU, name) && strings.EqualFold(i.Meter, name) {
			return one
		}
		return nil
	}
	c, cores := flexClass.FindStringSubmatch(class), flexCores.FindStringSubmatch(i.SKU)
	if c == nil || cores == nil || i.Meter != "vCore" || !strings.EqualFold(series, c[1]+c[3]+c[4]) || cores[1] != "" && cores[1] != "1" && cores[1] != c[2] {
		return nil
	}
	factor, _ := new(big.Rat).SetString(c[2] + "/" + cmp.Or(cores[1], "1"))
	return factor
}

// noteRedis notes caches: the meter without "Instance" is for all nodes.
func noteRedis(s *sheet, i retailItem) {
	tier, ok := strings.CutPrefix(i.Product, "Azure Redis Cache ")
	if size, cache := strings.CutSuffix(i.Meter, " Cache"); !ok || !cache || i.SKU != size || i.Unit != "1 Hour" {
		return
	}
	for _, d := range s.classes("cache_for_redis", "") {
		if d.Class == tier+"_"+i.SKU {
			s.rate(pricebook.Databases, d.Item(), pricebook.Hour, "", i.Price.String(), one)
		}
	}
}

// sqlClass is a class of the serverful general purpose tier.
var sqlClass = regexp.MustCompile(`^GP_Gen5_([0-9]+)$`)

// noteSQL notes SQL Database by core: its hardware and its licence are two articles, and a class is both.
func noteSQL(s *sheet, i retailItem) {
	const prefix = "SQL Database Single/Elastic Pool General Purpose - "
	product, ok := strings.CutPrefix(i.Product, prefix)
	if !ok {
		return
	}
	for _, d := range s.classes("sql_database", "") {
		m := sqlClass.FindStringSubmatch(d.Class)
		if m == nil {
			continue
		}
		item := d.Item()
		cores, _ := new(big.Rat).SetString(m[1])
		switch {
		case product == "Compute Gen5" && i.Meter == "vCore" && (i.SKU == "vCore" || i.SKU == "1 vCore") && i.Unit == "1 Hour":
			s.rate(pricebook.Databases, item, pricebook.ComputeMonth, "", i.Price.String(), new(big.Rat).Mul(cores, monthly))
		case product == "SQL License" && i.Meter == "vCore" && i.Unit == "1 Hour":
			s.rate(pricebook.Databases, item, pricebook.LicenceMonth, "", i.Price.String(), new(big.Rat).Mul(cores, monthly))
		case product == "Storage" && strings.HasSuffix(i.Meter, "Data Stored") && i.SKU == "General Purpose" && i.Unit == "1 GB/Month":
			s.rate(pricebook.Databases, item, pricebook.GBMonth, "", i.Price.String(), one)
		}
	}
}

// azureUnits are small things by product and meter.
var azureUnits = map[[2]string]string{
	{"Application Gateway Standard v2", "Standard Fixed Cost"}: "application_gateway_v2", {"Application Gateway Standard v2", "Standard Capacity Units"}: "application_gateway_v2_cu",
	{"NAT Gateway", "Standard Gateway"}: "nat_gateway", {"IP Addresses", "Standard IPv4 Static Public IP"}: "public_ipv4",
}

// noteNetwork notes small things by the hour, and traffic to the internet over Microsoft's own network, which machines take where nothing else is asked for.
func noteNetwork(s *sheet, i retailItem) {
	switch item := azureUnits[[2]string{i.Product, i.Meter}]; {
	case item != "" && strings.HasPrefix(i.Unit, "1") && strings.HasSuffix(i.Unit, "Hour"):
		s.rate(pricebook.Network, item, pricebook.Unit, "", i.Price.String(), one)
	case i.Product == "Rtn Preference: MGN" && i.Meter == "Standard Data Transfer Out" && i.Unit == "1 GB":
		s.rate(pricebook.Network, pricebook.Internet, pricebook.GBMonth, cmp.Or(i.From.String(), "0"), i.Price.String(), one)
	}
}

// readAzure reads the machines of a region: usage with its savings plans, then reservations, whose price is for the whole term.
func (l *Lists) readAzure(ctx context.Context, s *sheet) error {
	where := "serviceName eq 'Virtual Machines' and armRegionName eq '" + s.Region + "' and priceType eq "
	err := l.retail(ctx, "USD", where+"'Consumption'", func(i retailItem) {
		if i.Type != "Consumption" || i.Unit != "1 Hour" || !i.Primary || !zero(i.From) || reduced(i) {
			return
		}
		os := "linux"
		if strings.Contains(i.Product, "Windows") {
			os = "windows"
		}
		s.set(i.Machine, os, onDemand, i.Price.String(), 1)
		for _, plan := range i.SavingsPlan {
			if term, ok := azureTerms[plan.Term]; ok && os == "linux" {
				s.set(i.Machine, os, term.movable, plan.Price.String(), 1)
			}
		}
	})
	if err != nil {
		return err
	}
	return l.retail(ctx, "USD", where+"'Reservation'", func(i retailItem) {
		if term, ok := azureTerms[i.Reserved]; ok && i.Type == "Reservation" {
			s.set(i.Machine, "linux", term.bound, i.Price.String(), term.hours)
		}
	})
}

func zero(n json.Number) bool {
	v, err := n.Float64()
	return n == "" || err == nil && v == 0
}

// reduced says that a price is for machines that can be taken away, or for another service that sells the same sizes.
func reduced(i retailItem) bool {
	for _, mark := range []string{"Spot", "Low Priority"} {
		if strings.Contains(i.Meter, mark) || strings.Contains(i.SKU, mark) {
			return true
		}
	}
	return strings.Contains(i.Product, "CloudServices") || strings.Contains(i.Product, "Cloud Services")
}
