package document

import (
	"encoding/json"
	"errors"
	"strings"
)

const google = "Google Cloud"

// googleTypes are the types of things by the types of assets.
var googleTypes = map[string]Type{
	"compute.googleapis.com/instance": Machine, "compute.googleapis.com/disk": Disk, "compute.googleapis.com/regiondisk": Disk,
	"compute.googleapis.com/address": Address, "compute.googleapis.com/globaladdress": Address, "compute.googleapis.com/snapshot": Snapshot,
	"compute.googleapis.com/image": Image, "sqladmin.googleapis.com/instance": Database,
}

// collections are what the numbers of things are called in the ids of bills.
var collections = map[Type]string{Machine: "instances", Disk: "disks", Address: "addresses", Snapshot: "snapshots", Image: "images"}

// asset is a line of a Cloud Asset export: snake_case, as the export writes it, or camelCase, as `gcloud asset list` does.
type asset struct {
	Name       string
	AssetType  string `json:"asset_type"`
	AssetType2 string `json:"assetType"`
	UpdateTime string `json:"update_time"`
	Ancestors  []string
	Resource   struct {
		Data googleData
	}
}

// googleData are the fields of several types that matter.
type googleData struct {
	ID                  json.Number `json:"id"`
	Name                string
	Status              string
	State               string
	MachineType         string
	CreationTimestamp   string
	LastStopTimestamp   string
	LastDetachTimestamp string
	Zone, Region        string
	Users               []string
	SourceDisk          string
	SourceDiskID        json.Number `json:"sourceDiskId"`
	SelfLink            string
	SizeGB              json.Number `json:"sizeGb"`
	Project             string
	Settings            struct{ Tier, ActivationPolicy string }
}

func (d *Document) googleAsset(text []byte) error { return d.googleAssetList([]json.RawMessage{text}) }

func (d *Document) googleAssetList(items []json.RawMessage) error {
	d.is(GoogleAssets, google)
	for _, item := range items {
		var a asset
		if err := json.Unmarshal(item, &a); err != nil {
			var kind *json.UnmarshalTypeError
			if errors.As(err, &kind) {
				d.Entries++ // an asset of a type that has such a field in another form
				continue
			}
			return err
		}
		d.onTime(a.UpdateTime)
		d.googleThing(&a)
	}
	return nil
}

func (d *Document) googleThing(a *asset) {
	kind := googleTypes[strings.ToLower(firstOf(a.AssetType, a.AssetType2))]
	if kind == "" {
		d.Entries++
		return
	}
	data := &a.Resource.Data
	t := &Thing{
		Type: kind, Key: Key(a.Name), Name: firstOf(data.Name, lastPart(a.Name)), Account: projectOf(a.Name), Region: lastPart(data.Region),
		State: firstOf(data.Status, data.State), Made: dayOf(data.CreationTimestamp), Size: lastPart(data.MachineType),
	}
	if zone := lastPart(data.Zone); t.Region == "" && strings.Count(zone, "-") > 1 {
		t.Region = zone[:strings.LastIndexByte(zone, '-')]
	}
	if number, collection := data.ID.String(), collections[kind]; number != "" && collection != "" {
		t.Aliases = append(t.Aliases, t.Key)
		t.Key = googleNumber(collection, number)
	}
	switch kind {
	case Machine:
		if strings.EqualFold(t.State, "TERMINATED") || strings.EqualFold(t.State, "STOPPED") {
			t.State, t.Since = Stopped, dayOf(data.LastStopTimestamp)
		}
	case Disk:
		for _, user := range data.Users {
			t.On = append(t.On, Key(user))
		}
		t.Since = dayOf(data.LastDetachTimestamp)
	case Address:
		for _, user := range data.Users {
			t.On = append(t.On, Key(user))
		}
	case Snapshot:
		t.From = Key(data.SourceDisk)
		if number := data.SourceDiskID.String(); number != "" {
			t.From = googleNumber("disks", number)
		}
	case Database:
		t.Key, t.Aliases = googleDatabaseKey(firstOf(data.Project, t.Account), t.Name), append(t.Aliases, t.Key)
		t.Size = data.Settings.Tier
	default:
	}
	d.add(t)
}

func googleDatabaseKey(project, name string) string {
	return strings.ToLower("gcp:sql/" + project + "/" + name)
}

func lastPart(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

func projectOf(path string) string {
	_, after, ok := strings.Cut(path, "/projects/")
	if !ok {
		return ""
	}
	project, _, _ := strings.Cut(after, "/")
	return project
}

// googleMetricNames are the metrics of Cloud Monitoring.
var googleMetricNames = map[string]Metric{
	"compute.googleapis.com/instance/cpu/utilization": CPU, "compute.googleapis.com/instance/network/received_bytes_count": NetworkIn,
	"compute.googleapis.com/instance/network/sent_bytes_count": NetworkOut, "agent.googleapis.com/memory/percent_used": Memory,
	"compute.googleapis.com/instance/disk/read_ops_count": ReadOps, "compute.googleapis.com/instance/disk/write_ops_count": WriteOps,
	"cloudsql.googleapis.com/database/cpu/utilization": CPU, "cloudsql.googleapis.com/database/memory/utilization": Memory,
	"cloudsql.googleapis.com/database/network/connections": Connections, "cloudsql.googleapis.com/database/postgresql/num_backends": Connections,
	"loadbalancing.googleapis.com/https/request_count": Requests,
}

// fractions are metrics that are a fraction of one, and become percentages.
func isFraction(metric string) bool { return strings.HasSuffix(metric, "/utilization") }

type googleSeries struct {
	Metric struct {
		Type   string
		Labels map[string]string
	}
	Resource struct {
		Type   string
		Labels map[string]string
	}
	MetricKind string
	Points     []struct {
		Interval struct{ StartTime, EndTime string }
		Value    struct {
			DoubleValue json.Number
			Int64Value  any
		}
	}
}

func (d *Document) googleMetrics(text []byte) error {
	var in struct{ TimeSeries json.RawMessage }
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	return d.googleSeriesList(in.TimeSeries)
}

func (d *Document) googleSeriesList(text []byte) error {
	var list []googleSeries
	if err := json.Unmarshal(text, &list); err != nil {
		return err
	}
	d.is(GoogleMetrics, google)
	for i := range list {
		d.googleOne(&list[i])
	}
	return nil
}

func (d *Document) googleOne(g *googleSeries) {
	d.Entries += len(g.Points)
	labels := g.Resource.Labels
	d.Accounts = append(d.Accounts, labels["project_id"])
	if state, has := g.Metric.Labels["state"]; has && state != "used" {
		return
	}
	s := &Series{Metric: googleMetricNames[g.Metric.Type], Stat: Plain}
	switch {
	case labels["instance_id"] != "":
		s.Key = googleNumber("instances", labels["instance_id"])
	case labels["database_id"] != "":
		project, name, ok := strings.Cut(labels["database_id"], ":")
		if !ok {
			return
		}
		s.Key = googleDatabaseKey(project, name)
	}
	if s.Metric == "" || s.Key == "" {
		return
	}
	for _, p := range g.Points {
		value := p.Value.DoubleValue.String()
		if value == "" {
			value, _ = p.Value.Int64Value.(string)
		}
		start, end := unixOf(p.Interval.StartTime), unixOf(p.Interval.EndTime)
		v, ok := measured(value)
		if !ok || end == 0 {
			continue
		}
		if isFraction(g.Metric.Type) {
			if v, ok = v.Mul(hundred); !ok {
				continue
			}
		}
		if start == 0 {
			start = end
		}
		s.Period = max(s.Period, end-start)
		s.Points = append(s.Points, Point{start, v})
	}
	d.series(s)
}

func (d *Document) googleRecommendations(text []byte) error {
	var in struct{ Recommendations json.RawMessage }
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	return d.googleRecommendationList(in.Recommendations)
}

// googleActions are the actions of Recommender by the beginning of its subtypes.
var googleActions = []struct{ prefix, action string }{
	{"STOP", ActionStop}, {"DELETE", ActionDelete}, {"SNAPSHOT_AND_DELETE", ActionDelete}, {"CHANGE_MACHINE", ActionResize},
}

func (d *Document) googleRecommendationList(text []byte) error {
	var rows []struct {
		Description        string
		RecommenderSubtype string
		LastRefreshTime    string
		TargetResources    []string
		PrimaryImpact      struct {
			CostProjection struct {
				Cost     googleMoney
				Duration string
			}
		}
		Content struct {
			Overview        struct{ ResourceName string }
			OperationGroups []struct {
				Operations []struct {
					Action, Path, Resource string
					Value                  any
				}
			}
		}
	}
	if err := json.Unmarshal(text, &rows); err != nil {
		return err
	}
	d.is(GoogleRecommender, google)
	for _, r := range rows {
		d.onTime(r.LastRefreshTime)
		resource := r.Content.Overview.ResourceName
		if len(r.TargetResources) > 0 {
			resource = r.TargetResources[0]
		}
		a := &Advice{Key: Key(resource), Said: r.Description, Currency: r.PrimaryImpact.CostProjection.Cost.CurrencyCode}
		for _, g := range r.Content.OperationGroups {
			for _, o := range g.Operations {
				if o.Action == "replace" && strings.EqualFold(o.Path, "/machineType") {
					target, _ := o.Value.(string)
					a.Target = lastPart(target)
				}
			}
		}
		for _, known := range googleActions {
			if strings.HasPrefix(r.RecommenderSubtype, known.prefix) {
				a.Action = known.action
			}
		}
		if strings.HasPrefix(r.RecommenderSubtype, "SNAPSHOT_AND_DELETE") {
			a.Note = "it takes off the cost of the snapshot that it keeps"
		}
		d.Accounts = append(d.Accounts, projectOf(resource))
		if r.PrimaryImpact.CostProjection.Duration == googleMonth {
			a.Monthly = r.PrimaryImpact.CostProjection.Cost.saved()
		}
		d.advise(a)
	}
	return nil
}

// googleMonth is what Recommender projects for: 30 days.
const googleMonth = "2592000s"
