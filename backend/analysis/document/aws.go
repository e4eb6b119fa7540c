package document

import (
	"encoding/json"
	"regexp"
	"strings"

	"cloud-intelligence/backend/finops"
)

const aws = "AWS"

// is says what the document is.
func (d *Document) is(kind Kind, provider string) {
	d.Kind, d.Provider = kind, provider
}

func (d *Document) add(t *Thing) {
	d.Entries++
	if t.Key != "" {
		d.Things = append(d.Things, t)
	}
}

// awsTag is a tag as EC2 writes it.
type awsTag struct{ Key, Value string }

func nameOf(tags []awsTag) string {
	for _, t := range tags {
		if t.Key == "Name" {
			return t.Value
		}
	}
	return ""
}

// regionOf makes the region of a zone.
func regionOf(zone string) string {
	if m := zonePattern.FindStringSubmatch(zone); m != nil {
		return m[1]
	}
	return zone
}

var zonePattern = regexp.MustCompile(`^([a-z]{2}(?:-[a-z]+)+-\d+)[a-z]$`)

// arnPlace is the region and account of an ARN.
func arnPlace(arn string) (region, account string) {
	const parts = 6
	of := strings.SplitN(arn, ":", parts)
	if len(of) < parts {
		return "", ""
	}
	return of[3], of[4]
}

// stoppedAt finds the time in "User initiated (2026-08-30 17:02:41 GMT)".
var stoppedAt = regexp.MustCompile(`\((\d{4}-\d{2}-\d{2}) `)

func (d *Document) awsInstances(text []byte) error {
	var in struct {
		Reservations []struct {
			OwnerID   string `json:"OwnerId"`
			Instances []struct {
				InstanceID            string `json:"InstanceId"`
				InstanceType          string
				State                 struct{ Name string }
				StateTransitionReason string
				LaunchTime            string
				Placement             struct{ AvailabilityZone string }
				ImageID               string `json:"ImageId"`
				Tags                  []awsTag
			}
		}
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	d.is(AWSInstances, aws)
	for _, r := range in.Reservations {
		for _, i := range r.Instances {
			t := &Thing{
				Type: Machine, Key: Key(i.InstanceID), Name: nameOf(i.Tags), Account: r.OwnerID, Region: regionOf(i.Placement.AvailabilityZone),
				State: i.State.Name, Made: dayOf(i.LaunchTime), Size: i.InstanceType, From: Key(i.ImageID),
			}
			if m := stoppedAt.FindStringSubmatch(i.StateTransitionReason); m != nil && i.State.Name == Stopped {
				t.Since = dayOf(m[1])
			}
			d.add(t)
		}
	}
	return nil
}

func (d *Document) awsVolumes(text []byte) error {
	var in struct {
		Volumes []struct {
			VolumeID         string `json:"VolumeId"`
			State            string
			AvailabilityZone string
			CreateTime       string
			VolumeType       string
			Throughput       int
			Attachments      []struct {
				InstanceID string `json:"InstanceId"`
				State      string
			}
			Tags []awsTag
		}
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	d.is(AWSVolumes, aws)
	for _, v := range in.Volumes {
		t := &Thing{
			Type: Disk, Key: Key(v.VolumeID), Name: nameOf(v.Tags), Region: regionOf(v.AvailabilityZone), State: v.State, Made: dayOf(v.CreateTime),
			Size: v.VolumeType, Throughput: v.Throughput,
		}
		for _, a := range v.Attachments {
			if a.State != "detached" && a.InstanceID != "" {
				t.On = append(t.On, Key(a.InstanceID))
			}
		}
		d.add(t)
	}
	return nil
}

func (d *Document) awsSnapshots(text []byte) error {
	var in struct {
		Snapshots []struct {
			SnapshotID string `json:"SnapshotId"`
			VolumeID   string `json:"VolumeId"`
			State      string
			StartTime  string
			OwnerID    string `json:"OwnerId"`
			Tags       []awsTag
		}
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	d.is(AWSSnapshots, aws)
	for _, s := range in.Snapshots {
		d.add(&Thing{Type: Snapshot, Key: Key(s.SnapshotID), Name: nameOf(s.Tags), Account: s.OwnerID, State: s.State, Made: dayOf(s.StartTime), From: Key(s.VolumeID)})
	}
	return nil
}

// awsImages reads images, which keep the snapshots that they are made of.
func (d *Document) awsImages(text []byte) error {
	var in struct {
		Images []struct {
			ImageID             string `json:"ImageId"`
			Name                string
			State               string
			CreationDate        string
			OwnerID             string `json:"OwnerId"`
			BlockDeviceMappings []struct {
				Ebs struct {
					SnapshotID string `json:"SnapshotId"`
				}
			}
		}
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	d.is(AWSImages, aws)
	for _, i := range in.Images {
		t := &Thing{Type: Image, Key: Key(i.ImageID), Name: i.Name, Account: i.OwnerID, State: i.State, Made: dayOf(i.CreationDate)}
		for _, b := range i.BlockDeviceMappings {
			if b.Ebs.SnapshotID != "" {
				t.On = append(t.On, Key(b.Ebs.SnapshotID))
			}
		}
		d.add(t)
	}
	return nil
}

func (d *Document) awsAddresses(text []byte) error {
	var in struct {
		Addresses []struct {
			AllocationID            string `json:"AllocationId"`
			PublicIP                string `json:"PublicIp"`
			InstanceID              string `json:"InstanceId"`
			AssociationID           string `json:"AssociationId"`
			NetworkInterfaceID      string `json:"NetworkInterfaceId"`
			NetworkInterfaceOwnerID string `json:"NetworkInterfaceOwnerId"`
			NetworkBorderGroup      string
			Tags                    []awsTag
		}
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	d.is(AWSAddresses, aws)
	for _, a := range in.Addresses {
		t := &Thing{Type: Address, Key: Key(a.AllocationID), Name: nameOf(a.Tags), Account: a.NetworkInterfaceOwnerID, Region: regionOf(a.NetworkBorderGroup), State: "free"}
		for _, on := range []string{a.InstanceID, a.NetworkInterfaceID, a.AssociationID} {
			if on != "" {
				t.On, t.State = append(t.On, Key(on)), "associated"
			}
		}
		d.add(t)
	}
	return nil
}

func (d *Document) awsBalancers(text []byte) error {
	var in struct {
		LoadBalancers []struct {
			LoadBalancerArn  string
			LoadBalancerName string
			CreatedTime      string
			State            struct{ Code string }
			Type             string
		}
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	d.is(AWSBalancers, aws)
	for _, b := range in.LoadBalancers {
		region, account := arnPlace(b.LoadBalancerArn)
		d.add(&Thing{Type: Balancer, Key: Key(b.LoadBalancerArn), Name: b.LoadBalancerName, Account: account, Region: region, State: b.State.Code, Made: dayOf(b.CreatedTime), Size: b.Type})
	}
	return nil
}

// awsClassicBalancers reads balancers of the first generation, which list their machines and not whether those are healthy.
func (d *Document) awsClassicBalancers(text []byte) error {
	var in struct {
		LoadBalancerDescriptions []struct {
			LoadBalancerName  string
			CreatedTime       string
			AvailabilityZones []string
			Instances         []json.RawMessage
		}
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	d.is(AWSBalancers, aws)
	for _, b := range in.LoadBalancerDescriptions {
		t := &Thing{Type: Balancer, Key: balancerKey(b.LoadBalancerName), Name: b.LoadBalancerName, Made: dayOf(b.CreatedTime), Size: "classic", Count: len(b.Instances)}
		if len(b.AvailabilityZones) > 0 {
			t.Region = regionOf(b.AvailabilityZones[0])
		}
		d.add(t)
	}
	return nil
}

func (d *Document) awsTargetGroups(text []byte) error {
	var in struct {
		TargetGroups []struct {
			TargetGroupArn   string
			TargetGroupName  string
			LoadBalancerArns []string
		}
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	d.is(AWSTargetGroups, aws)
	for _, g := range in.TargetGroups {
		region, account := arnPlace(g.TargetGroupArn)
		t := &Thing{Type: TargetGroup, Key: Key(g.TargetGroupArn), Name: g.TargetGroupName, Account: account, Region: region}
		for _, b := range g.LoadBalancerArns {
			t.On = append(t.On, Key(b))
		}
		d.add(t)
	}
	return nil
}

// awsHealth is the health of the targets of one group. The output of describe-target-health does not name the group.
type awsHealth struct {
	TargetGroupArn           string // a sync writes it
	TargetHealthDescriptions []struct {
		Target struct {
			ID string `json:"Id"`
		}
		TargetHealth struct{ State string }
	}
}

// awsTargetHealth reads the health of the targets of one group. Where the group is not named, the name of the file does, as NAME__HASH.json,
// which is how the script of this program calls it.
func (d *Document) awsTargetHealth(text []byte) error {
	var in awsHealth
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	if in.TargetGroupArn != "" {
		return d.awsHealthOf(&in)
	}
	group, hash, ok := strings.Cut(strings.TrimSuffix(d.Name, ".json"), "__")
	if !ok || group == "" || hash == "" {
		return finops.Errorf(finops.CodeInvalid, "the output of describe-target-health does not name its target group, so the file must: NAME__HASH.json. Use the script of this program.")
	}
	hash, _, _ = strings.Cut(hash, " ") // what makes a name unique in a workspace
	d.awsTargets(&in, group, hash)
	return nil
}

// awsHealthList reads lines, each with the health of the targets of a group that it names.
func (d *Document) awsHealthList(text []byte) error {
	var list []awsHealth
	if err := json.Unmarshal(text, &list); err != nil {
		return err
	}
	for i := range list {
		if err := d.awsHealthOf(&list[i]); err != nil {
			return err
		}
	}
	return nil
}

func (d *Document) awsHealthOf(in *awsHealth) error {
	_, name, _ := strings.Cut(in.TargetGroupArn, ":targetgroup/")
	group, hash, ok := strings.Cut(name, "/")
	if !ok {
		return finops.Errorf(finops.CodeInvalid, "%q is not the ARN of a target group.", in.TargetGroupArn)
	}
	region, account := arnPlace(in.TargetGroupArn)
	d.Accounts, d.Regions = append(d.Accounts, account), append(d.Regions, region)
	d.awsTargets(in, group, hash)
	return nil
}

func (d *Document) awsTargets(in *awsHealth, group, hash string) {
	d.is(AWSTargetHealth, aws)
	healthy := 0
	for _, t := range in.TargetHealthDescriptions {
		d.Entries++
		if strings.EqualFold(t.TargetHealth.State, Healthy) {
			healthy++
		}
	}
	d.Things = append(d.Things, &Thing{Type: Target, Key: targetKey(group, hash), Name: group, Count: healthy, State: "listed"})
}

// targetKey is what a target group and the health of its targets have in common.
func targetKey(group, hash string) string { return strings.ToLower("targets:" + group + "/" + hash) }

// TargetsOf is the key of the health of the targets of a target group.
func TargetsOf(group *Thing) string {
	_, name, _ := strings.Cut(group.Key, ":targetgroup/")
	return "targets:" + name
}

func (d *Document) awsDatabases(text []byte) error {
	var in struct {
		DBInstances []struct {
			DBInstanceIdentifier string
			DBInstanceArn        string
			DBInstanceClass      string
			DBInstanceStatus     string
			InstanceCreateTime   string
		}
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	d.is(AWSDatabases, aws)
	for _, b := range in.DBInstances {
		region, account := arnPlace(b.DBInstanceArn)
		d.add(&Thing{
			Type: Database, Key: Key(b.DBInstanceArn), Aliases: []string{databaseKey(b.DBInstanceIdentifier)}, Name: b.DBInstanceIdentifier,
			Account: account, Region: region, State: b.DBInstanceStatus, Made: dayOf(b.InstanceCreateTime), Size: b.DBInstanceClass,
		})
	}
	return nil
}
