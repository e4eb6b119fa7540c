package awscloud

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/source"
)

var (
	callMetrics    = Call{Action: "cloudwatch:GetMetricData", Resource: "*"}
	callMetricList = Call{Action: "cloudwatch:ListMetrics", Resource: "*"}
)

const (
	metricDays  = 32  // that are read
	metricsMost = 500 // in one question
)

// metric is one statistic of one metric of one resource, a value for each day.
type metric struct {
	namespace, resource, name, stat string
	dimensions                      [][2]string
}

// label says what a result is of, as the savings checks read it.
func (m metric) label() string {
	return fmt.Sprintf("%s %s %s %s 86400", m.namespace, m.resource, m.name, m.stat)
}

// measurements is one document with what is measured in all regions.
func (b *beside) measurements() source.Extra {
	return source.Extra{Switch: source.Metrics, DataSet: "CloudWatch metrics", File: "cloudwatch.json", Holds: source.Documents, Needs: []string{callMetricList.Action, callMetrics.Action}, Charge: "AWS charges $0.01 for each 1,000 metrics", Ask: func(ctx context.Context, w io.Writer, probe bool) error {
		regions, account, err := b.places(ctx)
		if err != nil {
			return err
		}
		wanted := map[string][]metric{}
		for _, l := range lists {
			if !l.measured {
				continue
			}
			err := b.everywhere(ctx, l, probe, func(region string, item any) error {
				wanted[region] = append(wanted[region], metricsOf(item)...)
				return nil
			})
			if err != nil {
				return err
			}
		}
		if probe {
			return b.probeMetrics(ctx, regions)
		}
		out := open(w, account, "MetricDataResults")
		for _, region := range regions {
			memory, err := b.memory(ctx, region)
			if err != nil {
				return err
			}
			all := append(wanted[region], memory...)
			if len(all) > 0 {
				b.via.Announce(fmt.Sprintf("CloudWatch charges %s for %s in %s", metricPrice(int64(len(all))), source.Things(len(all), "metric"), region))
			}
			for batch := range slices.Chunk(all, metricsMost) {
				if err := b.measure(ctx, region, batch, out); err != nil {
					return err
				}
			}
		}
		out.Close(closing)
		return nil
	}}
}

// probeMetrics asks for the metrics of no machine, to see that it is allowed.
func (b *beside) probeMetrics(ctx context.Context, regions []string) error {
	if len(regions) == 0 {
		return nil
	}
	if _, err := b.memory(ctx, regions[0]); err != nil {
		return err
	}
	none := metric{"AWS/EC2", "i-0", "CPUUtilization", "Maximum", [][2]string{{"InstanceId", "i-0"}}}
	return b.measure(ctx, regions[0], []metric{none}, &source.Array{W: io.Discard})
}

// metricsOf are the metrics of a resource.
func metricsOf(item any) (all []metric) {
	add := func(namespace, dimension, resource string, names ...[2]string) {
		for _, n := range names {
			all = append(all, metric{namespace, resource, n[0], n[1], [][2]string{{dimension, resource}}})
		}
	}
	switch r := item.(type) {
	case reservation:
		for _, i := range r.Instances {
			add("AWS/EC2", "InstanceId", i.InstanceID, [2]string{"CPUUtilization", "Maximum"}, [2]string{"CPUUtilization", "p99"}, [2]string{"NetworkIn", "Sum"}, [2]string{"NetworkOut", "Sum"})
		}
	case database:
		add("AWS/RDS", "DBInstanceIdentifier", r.DBInstanceIdentifier, [2]string{"DatabaseConnections", "Maximum"}, [2]string{"CPUUtilization", "Maximum"})
	case balancer:
		if _, name, ok := strings.Cut(r.LoadBalancerArn, ":loadbalancer/"); ok && r.Type == "application" {
			add("AWS/ApplicationELB", "LoadBalancer", name, [2]string{"RequestCount", "Sum"})
		}
	}
	return all
}

// memory are the metrics of the memory of machines, where their agent writes them. It has dimensions of its own, so that CloudWatch is asked which.
func (b *beside) memory(ctx context.Context, region string) ([]metric, error) {
	type answer struct {
		Metrics []struct {
			Dimensions []struct{ Name, Value string } `xml:"Dimensions>member"`
		} `xml:"ListMetricsResult>Metrics>member"`
		Next string `xml:"ListMetricsResult>NextToken"`
	}
	values := url.Values{"Namespace": {"CWAgent"}, "MetricName": {"mem_used_percent"}}
	var all []metric
	for {
		a, err := form[answer](ctx, b, callMetricList, "monitoring", region, values)
		if err != nil {
			return nil, err
		}
		for _, found := range a.Metrics {
			m := metric{namespace: "CWAgent", name: "mem_used_percent", stat: "Maximum"}
			for _, d := range found.Dimensions {
				m.dimensions = append(m.dimensions, [2]string{d.Name, d.Value})
				if d.Name == "InstanceId" {
					m.resource = d.Value
				}
			}
			if m.resource != "" {
				all = append(all, m)
			}
		}
		if a.Next == "" {
			return all, nil
		}
		values.Set("NextToken", a.Next)
	}
}

// measured is a result as a document has it.
type measured struct {
	ID         string `xml:"Id" json:"Id"`
	Label      string
	Timestamps []string      `xml:"Timestamps>member"`
	Values     []json.Number `xml:"Values>member"`
	StatusCode string
}

// measure asks for metrics of a region. Values of one metric may be spread over pages.
func (b *beside) measure(ctx context.Context, region string, of []metric, out *source.Array) error {
	type answer struct {
		Results []measured `xml:"GetMetricDataResult>MetricDataResults>member"`
		Next    string     `xml:"GetMetricDataResult>NextToken"`
	}
	results := make([]measured, len(of))
	byID := map[string]*measured{}
	end := b.session.Now().UTC().Truncate(24 * time.Hour)
	values := url.Values{"StartTime": {end.AddDate(0, 0, -metricDays).Format(time.RFC3339)}, "EndTime": {end.Format(time.RFC3339)}, "ScanBy": {"TimestampAscending"}}
	for i, m := range of {
		results[i] = measured{ID: fmt.Sprintf("m%d", i+1), Label: m.label(), StatusCode: "Complete"}
		byID[results[i].ID] = &results[i]
		at := fmt.Sprintf("MetricDataQueries.member.%d.", i+1)
		values.Set(at+"Id", results[i].ID)
		values.Set(at+"Label", m.label())
		values.Set(at+"MetricStat.Metric.Namespace", m.namespace)
		values.Set(at+"MetricStat.Metric.MetricName", m.name)
		for d, pair := range m.dimensions {
			values.Set(fmt.Sprintf("%sMetricStat.Metric.Dimensions.member.%d.Name", at, d+1), pair[0])
			values.Set(fmt.Sprintf("%sMetricStat.Metric.Dimensions.member.%d.Value", at, d+1), pair[1])
		}
		values.Set(at+"MetricStat.Period", "86400")
		values.Set(at+"MetricStat.Stat", m.stat)
	}
	for {
		a, err := form[answer](ctx, b, callMetrics, "monitoring", region, values)
		if err != nil {
			return err
		}
		b.metrics += int64(len(of))
		for _, r := range a.Results {
			if into := byID[r.ID]; into != nil {
				into.Timestamps, into.Values = append(into.Timestamps, r.Timestamps...), append(into.Values, r.Values...)
			}
		}
		if a.Next == "" {
			break
		}
		values.Set("NextToken", a.Next)
	}
	for i := range results {
		if len(results[i].Values) > 0 {
			if err := out.Add(results[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// metricPrice is what CloudWatch charges for metrics: a cent for each thousand.
func metricPrice(metrics int64) string {
	const aDollar = 100_000
	return fmt.Sprintf("$%d.%05d", metrics/aDollar, metrics%aDollar)
}
