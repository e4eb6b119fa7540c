package migration_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/finops"
)

func use(service, resource, meter, unit, quantity, cost string) migration.Usage {
	u := migration.Usage{Provider: "AWS", Region: "eu-west-1", Service: service, Resource: resource, Meter: meter, Unit: unit, Currency: "USD", Category: "Usage"}
	u.Cost, _ = finops.ParseAmount([]byte(cost))
	if quantity != "" {
		q, _ := finops.ParseAmount([]byte(quantity))
		u.Quantity = &q
	}
	return u
}

func TestFromLedger(t *testing.T) {
	usage := []migration.Usage{
		use("Amazon EC2", "i-1", "BoxUsage:m5.xlarge", "Hours", "744", "142.85"),
		use("Amazon EC2", "i-2", "EU-BoxUsage:m5.xlarge", "Hrs", "100", "19.2"),
		use("Amazon EC2", "i-3", "EU-BoxUsage:m5.large Windows", "Hours", "744", "100"),
		use("Amazon RDS", "db-1", "Multi-AZUsage:db.r6g.xlarge MySQL", "Hours", "744", "600"),
		use("Amazon RDS", "db-1", "RDS:Multi-AZ-GP3-Storage", "GB-Months", "500", "115"),
		use("Amazon EBS", "vol-1", "EBS:VolumeUsage.gp3", "GB-Months", "300", "26.4"),
		use("Amazon EBS", "snap-1", "EBS:SnapshotUsage", "GB-Months", "70", "3.5"),
		use("Amazon S3", "bucket", "TimedStorage-ByteHrs", "GB-Months", "1000", "23"),
		use("AWS Lambda", "f", "Lambda-GB-Second", "Second", "9", "1.5"),
		use("Amazon EC2", "i-1", "EBSOptimized:m5.xlarge Hourly", "Hrs", "744", "1"),
		use("Amazon RDS", "db-2", "InstanceUsage:db.r4.large Aurora", "Hrs", "744", "0.5"),
		{Provider: "AWS", Service: "Tax", Category: "Tax", Currency: "USD", Cost: finops.NewAmount(77, 0)},
	}
	d := migration.FromLedger(builtIn(t), []migration.ProviderMonth{{Provider: "AWS", Month: finops.NewMonth(2026, 10)}}, usage)
	got, err := json.Marshal(d.Workloads())
	require.NoError(t, err)
	assert.JSONEq(t, `[
		{"name":"db.r6g.xlarge mysql eu-west-1 HA","type":"database","count":1,"vcpu":4,"memory_gib":32,"os":"linux","arch":"x86_64","hours_per_month":744,"egress_gb_month":0,"object_gib":0,
			"db_engine":"mysql","db_ha":true,"db_storage_gib":500,"block_gib":0},
		{"name":"m5.large windows eu-west-1","type":"other","count":1,"vcpu":2,"memory_gib":8,"os":"windows","arch":"x86_64","hours_per_month":744,"egress_gb_month":0,"object_gib":0,"block_gib":100,"source_cpu_family":"aws/m5"},
		{"name":"m5.xlarge linux eu-west-1","type":"other","count":2,"vcpu":4,"memory_gib":16,"os":"linux","arch":"x86_64","hours_per_month":422,"egress_gb_month":0,"object_gib":1000,"block_gib":100,"source_cpu_family":"aws/m5"}
	]`, string(got))
	assert.Equal(t, "IE", d.Country)
	assert.Equal(t, []string{"aws"}, d.Providers)
	assert.Equal(t, "not usage: Tax", d.Unmapped[0].Reason)
	assert.Equal(t, "the planner has no field for snapshots and backups", d.Unmapped[1].Reason)
	assert.Equal(t, "the planner has no field for this usage", d.Unmapped[2].Reason)
	assert.Equal(t, migration.Unmapped{Service: "AWS: Amazon EC2", Reason: "the planner has no field for this usage", Monthly: usage[9].Cost, Currency: "USD", Month: finops.NewMonth(2026, 10)}, d.Unmapped[3], "what is charged beside a machine is no further one")
	assert.Equal(t, "the price book has no such database class with this engine", d.Unmapped[4].Reason)

	// What is mapped and what is not add up to the month.
	var sum finops.Sum
	for _, l := range d.Lines {
		for _, c := range l.Costs {
			sum.Add(c.Cost)
		}
	}
	for _, u := range d.Unmapped {
		sum.Add(u.Monthly)
	}
	assert.Equal(t, d.Totals[0].Cost.String(), sum.String())

	// A profile of these lines is one that can be assessed.
	text, err := json.Marshal(map[string]any{"organization": map[string]any{"name": "x", "countries": []string{d.Country}}, "workloads": d.Workloads()})
	require.NoError(t, err)
	requireTies(t, assess(t, string(text)))
}

func TestFromLedger_Pools(t *testing.T) {
	var usage []migration.Usage
	add := func(n int, u migration.Usage) {
		for i := range n {
			one := u
			one.Resource = fmt.Sprintf("%s-%d", u.Resource, i)
			usage = append(usage, one)
		}
	}
	add(200, use("Amazon EC2", "ci", "EU-BoxUsage:m5.xlarge", "Hrs", "20", "3.84"))      // 4,000 hours of 744: 5.4 at once
	add(2, use("Amazon EC2", "steady", "EU-BoxUsage:m5.xlarge", "Hrs", "744", "142.85")) // stays two machines
	add(1, use("Amazon EC2", "days", "EU-BoxUsage:m5.xlarge", "Hrs", "100", "19.2"))     // longer than a tenth of the month
	add(40, use("Amazon EC2", "batch", "EU-SpotUsage:m5.xlarge", "Hrs", "93", "9"))      // 3,720 hours: exactly 5
	asg := use("Amazon EC2", "web", "EU-BoxUsage:m5.xlarge", "Hrs", "372", "71.4")
	asg.Pool = "web\x01-" + strings.Repeat("x", 100)
	add(4, asg)
	asg.Pool += "y" // the same after it is cut
	add(1, asg)
	usage = append(usage,
		use("Amazon EC2", "", "EU-BoxUsage:c5.xlarge", "Hrs", "7440", "1264.8"), // ten machines without names
		use("Amazon EC2", "set", "EU-BoxUsage:r5.xlarge", "Hrs", "1500", "378"), // a scale set is one resource
		use("Amazon Elastic MapReduce", "j-1", "EU-BoxUsage:m5.xlarge", "Hrs", "4000", "192"),
		use("Amazon EBS", "vol", "EBS:VolumeUsage.gp3", "GB-Months", "3000", "264"),
	)
	d := migration.FromLedger(builtIn(t), []migration.ProviderMonth{{Provider: "AWS", Month: finops.NewMonth(2026, 10)}}, usage)
	var got []string
	for i, w := range d.Workloads() {
		l := d.Lines[i]
		got = append(got, fmt.Sprintf("%v | %v × %v h, %v GiB | %d, %v | %s", w["name"], w["count"], w["hours_per_month"], w["block_gib"], l.Resources, l.Confidence, l.Note))
	}
	const peaks = ", rounded up. A bill does not show peaks."
	assert.Equal(t, []string{
		"c5.xlarge linux eu-west-1 average | 10 × 744 h, 100 GiB | 1, 0.5 | The bill does not name single machines. At once on average: 10" + peaks,
		"m5.xlarge linux eu-west-1 | 3 × 529.33 h, 100 GiB | 3, 0.7 | ",
		"m5.xlarge linux eu-west-1 short-lived | 6 × 666.67 h, 100 GiB | 200, 0.5 | Machines in the month: 200. At once on average: 6" + peaks,
		"m5.xlarge linux eu-west-1 spot | 5 × 744 h, 100 GiB | 40, 0.5 | Machines in the month: 40. At once on average: 5" + peaks,
		("m5.xlarge linux eu-west-1 web -" + strings.Repeat("x", 49) + " | 2 × 744 h, 100 GiB | 4, 0.5 | Machines in the month: 4. At once on average: 2" + peaks),
		("m5.xlarge linux eu-west-1 web -" + strings.Repeat("x", 47) + " 2 | 1 × 372 h, 100 GiB | 1, 0.5 | Machines in the month: 1. At once on average: 1" + peaks),
		"r5.xlarge linux eu-west-1 average | 3 × 500 h, 100 GiB | 1, 0.5 | Machines in the month: 1. At once on average: 3" + peaks,
	}, got)
	require.Len(t, d.Unmapped, 1)
	assert.Equal(t, "a fee of the service for machines that are charged elsewhere", d.Unmapped[0].Reason)
	sum := d.Unmapped[0].Monthly
	var all finops.Sum
	all.Add(sum)
	for _, l := range d.Lines {
		all.Add(l.Costs[0].Cost)
	}
	assert.Equal(t, d.Totals[0].Cost.String(), all.String(), "lines and rest are the month")
	text, err := json.Marshal(map[string]any{"organization": map[string]any{"name": "x", "countries": []string{"IE"}}, "workloads": d.Workloads()})
	require.NoError(t, err)
	requireTies(t, assess(t, string(text)))
}
