package document

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"cloud-intelligence/backend/finops"
)

// awsMetricNames are the metrics of CloudWatch by namespace and name.
var awsMetricNames = map[string]Metric{
	"AWS/EC2 CPUUtilization": CPU, "AWS/EC2 NetworkIn": NetworkIn, "AWS/EC2 NetworkOut": NetworkOut, "CWAgent mem_used_percent": Memory,
	"AWS/EBS VolumeReadOps": ReadOps, "AWS/EBS VolumeWriteOps": WriteOps, "AWS/EBS VolumeReadBytes": ReadBytes, "AWS/EBS VolumeWriteBytes": WriteBytes,
	"AWS/RDS CPUUtilization": CPU, "AWS/RDS DatabaseConnections": Connections, "AWS/RDS FreeableMemory": MemoryFree,
	"AWS/ApplicationELB RequestCount": Requests, "AWS/ELB RequestCount": Requests, "AWS/NetworkELB ProcessedBytes": NetworkIn, "AWS/Lambda Invocations": Requests,
}

// stats are the statistics as the providers call them, in lower case.
var stats = map[string]Stat{
	"maximum": Maximum, "minimum": Minimum, "average": Average, "sum": Total, "total": Total, "p99": P99, "p99.0": P99,
}

// metricQuery is what a query of get-metric-data asks for.
type metricQuery struct {
	ID         string `json:"Id"`
	MetricStat struct {
		Metric struct {
			Namespace  string
			MetricName string
			Dimensions []struct{ Name, Value string }
		}
		Period int64
		Stat   string
	}
}

// label spells a query as the label that the script of this program asks for; "" = it is of several dimensions or of none.
func (q *metricQuery) label() string {
	m := q.MetricStat
	if len(m.Metric.Dimensions) != 1 || m.Metric.MetricName == "" {
		return ""
	}
	return strings.Join([]string{m.Metric.Namespace, m.Metric.Dimensions[0].Value, m.Metric.MetricName, m.Stat, strconv.FormatInt(m.Period, 10)}, " ")
}

// awsMetrics reads get-metric-data. A result has only an id and a label, so that the label must say what it is.
func (d *Document) awsMetrics(text []byte) error {
	var in struct {
		MetricDataResults []struct {
			ID         string `json:"Id"`
			Label      string
			Timestamps []string
			Values     []json.Number
			StatusCode string
		}
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	d.is(AWSMetrics, aws)
	plain := 0
	for _, r := range in.MetricDataResults {
		d.Entries += len(r.Values)
		if d.Entries > entriesMost {
			return finops.Errorf(finops.CodeInvalid, "it has more than %d points.", entriesMost)
		}
		s, ok := seriesOf(r.Label)
		if !ok {
			plain++
			continue
		}
		if s.Metric == "" || len(r.Timestamps) != len(r.Values) {
			continue
		}
		for i, v := range r.Values {
			s.point(r.Timestamps[i], v.String())
		}
		d.series(s)
	}
	if plain > 0 && plain == len(in.MetricDataResults) {
		return finops.Errorf(finops.CodeInvalid, "its labels do not say which resource and metric they are of. Add the file with the queries together with it, or use the script of this program, which sets labels.")
	}
	return nil
}

// seriesOf reads a label such as "AWS/EC2 i-0a1 CPUUtilization Maximum 86400". Its metric is "" where no rule reads it.
func seriesOf(label string) (*Series, bool) {
	const least = 5
	parts := strings.Fields(label)
	n := len(parts)
	if n < least {
		return nil, false
	}
	period, err := strconv.ParseInt(parts[n-1], 10, 64)
	if err != nil || period <= 0 {
		return nil, false
	}
	id := strings.Join(parts[1:n-3], " ")
	s := &Series{Key: Key(id), Metric: awsMetricNames[parts[0]+" "+parts[n-3]], Stat: stats[strings.ToLower(parts[n-2])], Period: period}
	if s.Stat == "" {
		s.Metric = ""
	}
	switch parts[0] {
	case "AWS/RDS":
		s.Key = databaseKey(id)
	case "AWS/ApplicationELB", "AWS/NetworkELB", "AWS/ELB":
		s.Key = balancerKey(id)
	}
	return s, true
}

func (s *Series) point(at, value string) {
	if v, ok := measured(value); ok {
		if start := unixOf(at); start != 0 {
			s.Points = append(s.Points, Point{start, v})
		}
	}
}

func (d *Document) series(s *Series) {
	if len(s.Points) > 0 {
		d.Series = append(d.Series, s)
	}
}

// awsQueries knows the input of get-metric-data, which says what the results are.
func (d *Document) awsQueries(text []byte) error {
	var in struct{ MetricDataQueries json.RawMessage }
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	return d.queryList(in.MetricDataQueries)
}

func (d *Document) queryList(text []byte) error {
	var queries []metricQuery
	if err := json.Unmarshal(text, &queries); err != nil {
		return err
	}
	d.is(AWSMetricQueries, aws)
	d.Entries = len(queries)
	return nil
}

// Label writes the labels of a file of get-metric-data anew from the queries that it answers. ok is false where a label can be read
// already, or where the queries are of another file: ids repeat from file to file, so that both must have the same.
func Label(results, queries []byte) (labelled []byte, ok bool) {
	labels := labelsOf(queries)
	var file map[string]any
	decoder := json.NewDecoder(bytes.NewReader(results))
	decoder.UseNumber()
	if labels == nil || decoder.Decode(&file) != nil {
		return nil, false
	}
	list, _ := file["MetricDataResults"].([]any)
	seen := map[string]bool{}
	for _, one := range list {
		r, _ := one.(map[string]any)
		id, _ := r["Id"].(string)
		have, _ := r["Label"].(string)
		label, known := labels[id]
		if _, readable := seriesOf(have); readable || !known {
			return nil, false
		}
		seen[id] = true
		if label != "" {
			r["Label"] = label
		}
	}
	if len(seen) == 0 || len(seen) != len(labels) {
		return nil, false
	}
	labelled, err := json.Marshal(file)
	return labelled, err == nil
}

// labelsOf are the labels of queries by their id; nil = these are no queries.
func labelsOf(queries []byte) map[string]string {
	var of []metricQuery
	if json.Unmarshal(queries, &of) != nil {
		var in struct{ MetricDataQueries []metricQuery }
		if json.Unmarshal(queries, &in) != nil {
			return nil
		}
		of = in.MetricDataQueries
	}
	labels := map[string]string{}
	for i := range of {
		labels[of[i].ID] = of[i].label()
	}
	return labels
}
