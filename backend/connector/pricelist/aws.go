package pricelist

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// product is what a unit of usage is.
type product struct {
	Family     string            `json:"productFamily"`
	Attributes map[string]string `json:"attributes"`
}

// offerTerm is at which price, and under which agreement.
type offerTerm struct {
	Attributes map[string]string `json:"termAttributes"`
	Rates      map[string]struct {
		Unit  string            `json:"unit"`
		Begin string            `json:"beginRange"`
		Price map[string]string `json:"pricePerUnit"` // by currency
	} `json:"priceDimensions"`
}

// offerFile finds the newest file of an offer for a region.
func (l *Lists) offerFile(ctx context.Context, offer, region string) (address string, err error) {
	if l.offers == nil {
		var index struct {
			Offers map[string]struct {
				Regions string `json:"currentRegionIndexUrl"`
				Plans   string `json:"currentSavingsPlanIndexUrl"`
			} `json:"offers"`
		}
		if err := get(ctx, l.aws, l.at.AWS+"/offers/v1.0/aws/index.json", nil, decodeInto(&index)); err != nil {
			return "", err
		}
		l.offers = map[string]string{}
		for name, o := range index.Offers {
			l.offers[name] = o.Regions
		}
		l.plans = index.Offers["AmazonEC2"].Plans
	}
	var regions struct {
		Regions map[string]struct {
			File string `json:"currentVersionUrl"`
		} `json:"regions"`
	}
	if address, err = below(l.at.AWS, l.offers[offer]); err != nil {
		return "", err
	}
	if err := get(ctx, l.aws, address, nil, decodeInto(&regions)); err != nil {
		return "", err
	}
	if regions.Regions[region].File == "" {
		return "", finops.Errorf(finops.CodeNotFound, "AWS lists no prices of %s for %s.", offer, region)
	}
	return below(l.at.AWS, regions.Regions[region].File)
}

// below is an address of a list that names it, which must stay on the same host.
func below(base, link string) (string, error) {
	to, err := url.Parse(base)
	if err == nil {
		var next *url.URL
		if next, err = to.Parse(link); err == nil && link != "" && next.Host == to.Host && next.Scheme == to.Scheme {
			next.RawQuery = next.Query().Encode()
			return next.String(), nil
		}
	}
	return "", finops.Errorf(finops.CodeCorrupt, "A price list does not say where it goes on. Look for a newer version of the program.")
}

// readOffer reads an offer file while it arrives, since it is larger than memory should be. Products come before terms.
func readOffer(r io.Reader, wanted func(product) bool, found func(agreement string, p product, t offerTerm)) error {
	d := json.NewDecoder(r)
	kept := map[string]product{} // by the number of the article
	skip := func() error {
		var value json.RawMessage
		return d.Decode(&value)
	}
	return eachField(d, func(part string) error {
		switch part {
		case "products":
			return eachField(d, func(sku string) error {
				var p product
				if err := d.Decode(&p); err != nil {
					return fmt.Errorf("read a product: %w", err)
				}
				if wanted(p) {
					kept[sku] = p
				}
				return nil
			})
		case "terms":
			return eachField(d, func(agreement string) error {
				return eachField(d, func(sku string) error {
					p, ok := kept[sku]
					if !ok {
						return skip()
					}
					var terms map[string]offerTerm
					if err := d.Decode(&terms); err != nil {
						return fmt.Errorf("read a term: %w", err)
					}
					for _, t := range terms {
						found(agreement, p, t)
					}
					return nil
				})
			})
		}
		return skip()
	})
}

// awsSystems are the operating systems as AWS calls them.
var awsSystems = map[string]string{"Linux": "linux", "Windows": "windows", "RHEL": "rhel", "SUSE": "sles"}

// awsUnit says which article of an offer is which price of the book.
type awsUnit struct {
	family string // "" = any
	usage  string // what the kind of usage is called after its region; one that ends in a colon is followed by the class
	unit   string
	kind   pricebook.Kind
	item   string // "" = a class of a database
	part   pricebook.Part
	factor *big.Rat
}

// awsOffer is an offer of AWS, which has one file for a region.
type awsOffer struct {
	name     string
	machines bool
	units    []awsUnit
}

// kinds are those that an offer has something of.
func (o *awsOffer) kinds() (kinds []pricebook.Kind) {
	if o.machines {
		kinds = append(kinds, pricebook.Machines, pricebook.Licences)
	}
	for _, u := range o.units {
		if !slices.Contains(kinds, u.kind) {
			kinds = append(kinds, u.kind)
		}
	}
	return kinds
}

// perThousand is from one request to a thousand.
var perThousand = big.NewRat(1_000, 1)

var awsOffers = []awsOffer{
	{name: "AmazonEC2", machines: true, units: []awsUnit{
		{"Storage", "EBS:VolumeUsage.gp3", "GB-Mo", pricebook.Disks, "gp3", pricebook.GBMonth, one},
		{"Storage", "EBS:VolumeUsage.io2", "GB-Mo", pricebook.Disks, "io2", pricebook.GBMonth, one},
		{"Storage", "EBS:VolumeUsage.st1", "GB-Mo", pricebook.Disks, "st1", pricebook.GBMonth, one},
		{"System Operation", "EBS:VolumeP-IOPS.gp3", "IOPS-Mo", pricebook.Disks, "gp3", pricebook.IOPSMonth, one},
		{"System Operation", "EBS:VolumeP-IOPS.io2", "IOPS-Mo", pricebook.Disks, "io2", pricebook.IOPSMonth, one},
		{"Provisioned Throughput", "EBS:VolumeP-Throughput.gp3", "GiBps-mo", pricebook.Disks, "gp3", pricebook.MBpsMonth, big.NewRat(1, 1024)},
		{"NAT Gateway", "NatGateway-Hours", "Hrs", pricebook.Network, "nat_gateway", pricebook.Unit, one},
	}},
	{name: "AmazonVPC", units: []awsUnit{{"", "PublicIPv4:InUseAddress", "Hrs", pricebook.Network, "public_ipv4", pricebook.Unit, one}}},
	{name: "AWSELB", units: []awsUnit{
		{"Load Balancer-Application", "LoadBalancerUsage", "Hrs", pricebook.Network, "alb", pricebook.Unit, one},
		{"Load Balancer-Application", "LCUUsage", "LCU-Hrs", pricebook.Network, "alb_lcu", pricebook.Unit, one},
	}},
	{name: "AWSDataTransfer", units: []awsUnit{
		{"Data Transfer", "DataTransfer-Out-Bytes", "GB", pricebook.Network, pricebook.Internet, pricebook.GBMonth, one},
		{"Data Transfer", "DataTransfer-Regional-Bytes", "GB", pricebook.Network, pricebook.BetweenZones, pricebook.GBMonth, one},
	}},
	{name: "AmazonS3", units: []awsUnit{
		{"Storage", "TimedStorage-ByteHrs", "GB-Mo", pricebook.Objects, "standard", pricebook.GBMonth, one},
		{"Storage", "TimedStorage-SIA-ByteHrs", "GB-Mo", pricebook.Objects, "standard_ia", pricebook.GBMonth, one},
		{"Storage", "TimedStorage-GIR-ByteHrs", "GB-Mo", pricebook.Objects, "glacier_instant", pricebook.GBMonth, one},
		{"Storage", "TimedStorage-GlacierByteHrs", "GB-Mo", pricebook.Objects, "glacier_flexible", pricebook.GBMonth, one},
		{"API Request", "Requests-Tier2", "Requests", pricebook.Objects, "standard", pricebook.Get1k, perThousand},
		{"API Request", "Requests-SIA-Tier2", "Requests", pricebook.Objects, "standard_ia", pricebook.Get1k, perThousand},
		{"API Request", "Requests-GIR-Tier2", "Requests", pricebook.Objects, "glacier_instant", pricebook.Get1k, perThousand},
		{"API Request", "Requests-GLACIER-Tier2", "Requests", pricebook.Objects, "glacier_flexible", pricebook.Get1k, perThousand},
	}},
	{name: "AmazonRDS", units: []awsUnit{
		{"Database Instance", "InstanceUsage:", "Hrs", pricebook.Databases, "", pricebook.Hour, one},
		{"Database Instance", "Multi-AZUsage:", "Hrs", pricebook.Databases, "", pricebook.Hour, one},
		{"Database Storage", "RDS:GP3-Storage", "GB-Mo", pricebook.Databases, pricebook.DatabaseItem("rds_storage", "gp2/gp3", "single_az", "GB-month"), pricebook.GBMonth, one},
		{"Database Storage", "RDS:Multi-AZ-GP3-Storage", "GB-Mo", pricebook.Databases, pricebook.DatabaseItem("rds_storage", "gp2/gp3", "multi_az", "GB-month"), pricebook.GBMonth, one},
	}},
	{name: "AmazonElastiCache", units: []awsUnit{{"Cache Instance", "NodeUsage:", "Hrs", pricebook.Databases, "", pricebook.Hour, one}}},
}

// awsPlace is how a kind of usage begins outside us-east-1.
var awsPlace = regexp.MustCompile(`^(?:[A-Z]{3}[0-9]+-|EU-)`)

// unitOf finds the price of the book that an article of an offer is.
func (o *awsOffer) unitOf(p product, region string) (u awsUnit, ok bool) {
	a := p.Attributes
	usage := strings.TrimPrefix(a["usagetype"], awsPlace.FindString(a["usagetype"]))
	for _, u := range o.units {
		class, isClass := strings.CutPrefix(usage, u.usage)
		switch {
		case u.family != "" && u.family != p.Family, usage != u.usage && (u.item != "" || !isClass), a["fromRegionCode"] != "" && a["fromRegionCode"] != region:
			continue
		case u.item == "":
			if u.item = databaseOf(a, class); u.item == "" {
				continue
			}
		}
		return u, true
	}
	return u, false
}

// databaseOf names a class of a managed database; "" for one that the book does not sell.
func databaseOf(a map[string]string, class string) string {
	if a["cacheEngine"] == "Redis" {
		return pricebook.DatabaseItem("elasticache", "redis", "node", class)
	}
	engine := map[[3]string]string{
		{"PostgreSQL", "", "No license required"}: "postgresql", {"MySQL", "", "No license required"}: "mysql", {"SQL Server", "Standard", "License included"}: "sqlserver-se",
	}[[3]string{a["databaseEngine"], a["databaseEdition"], a["licenseModel"]}]
	deployment := map[string]string{"Single-AZ": "single_az", "Multi-AZ": "multi_az"}[a["deploymentOption"]]
	if engine == "" || deployment == "" {
		return ""
	}
	return pricebook.DatabaseItem("rds", engine, deployment, class)
}

// systemOf is the system of a shared machine that is used as it runs, without other software than SQL Server Standard on Linux; "" = the article is something else.
func (s *sheet) systemOf(p product) string {
	a := p.Attributes
	if !strings.HasPrefix(p.Family, "Compute Instance") || s.types[a["instanceType"]] == nil || a["tenancy"] != "Shared" || a["capacitystatus"] != "Used" || a["licenseModel"] == "Bring your own license" {
		return ""
	}
	switch system := a["operatingSystem"]; a["preInstalledSw"] {
	case "NA":
		return awsSystems[system]
	case "SQL Std":
		if system == "Linux" {
			return pricebook.SQLServer
		}
	}
	return ""
}

// stepsOfAWS are one for each offer.
func (l *Lists) stepsOfAWS() (steps []step) {
	for i := range awsOffers {
		o := &awsOffers[i]
		steps = append(steps, step{o.kinds(), func(ctx context.Context, s *sheet) error {
			address, err := l.offerFile(ctx, o.name, s.Region)
			if err != nil {
				return err
			}
			err = get(ctx, l.aws, address, nil, func(r io.Reader) error {
				s.clear()
				wanted := func(p product) bool {
					_, ok := o.unitOf(p, s.Region)
					return ok || o.machines && s.systemOf(p) != ""
				}
				return readOffer(r, wanted, func(agreement string, p product, t offerTerm) { o.note(s, agreement, p, t) })
			})
			if err != nil || !o.machines {
				return err
			}
			return l.readPlans(ctx, s)
		}})
	}
	return steps
}

// note notes the prices of an article under an agreement.
func (o *awsOffer) note(s *sheet, agreement string, p product, t offerTerm) {
	u, ok := o.unitOf(p, s.Region)
	name := awsPrice(agreement, t.Attributes)
	for _, rate := range t.Rates {
		switch {
		case !ok && name != "" && rate.Unit == "Hrs":
			s.set(p.Attributes["instanceType"], s.systemOf(p), name, rate.Price["USD"], 1)
		case ok && name == onDemand && rate.Unit == u.unit:
			from := rate.Begin
			if u.part != pricebook.GBMonth || u.kind == pricebook.Disks || u.kind == pricebook.Databases {
				from = ""
			}
			s.rate(u.kind, u.item, u.part, from, rate.Price["USD"], u.factor)
		}
	}
}

// awsPrice is what a term prices; "" = nothing that the price book has.
func awsPrice(agreement string, a map[string]string) string {
	if agreement == "OnDemand" {
		return onDemand
	}
	if agreement != "Reserved" || a["PurchaseOption"] != "No Upfront" {
		return ""
	}
	return map[[2]string]string{
		{"standard", "1yr"}: commitOne, {"standard", "3yr"}: commitThree, {"convertible", "1yr"}: flexOneYear, {"convertible", "3yr"}: flexThreeYrs,
	}[[2]string{a["OfferingClass"], a["LeaseContractLength"]}]
}
