package awscloud

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/url"
	"regexp"

	"cloud-intelligence/backend/source"
)

var regionName = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-\d$`)

// list is a call that lists resources of a region, page by page, and the document that its answers become: that of the command line of AWS
// with the fields that the savings checks read.
type list struct {
	dataSet, file string
	field         string // of the document
	service       string // name that requests are signed for
	action        string // "ec2:DescribeInstances"
	form          url.Values
	size, token   string // names of the values of a page; "" = there are no pages
	items         func(*page) []any
	measured      bool // metrics are read of these
}

func (l list) call() Call { return Call{Action: l.action, Resource: "*"} }

// pageSizes are the most that interfaces take.
var pageSizes = map[string]string{"ec2": "1000", "elasticloadbalancing": "400", "rds": "100"}

// lists are what an inventory has. Load balancers of the first generation are few and left out.
var lists = []list{
	{"EC2 instances", "describe-instances.json", "Reservations", "ec2", "ec2:DescribeInstances", nil, "MaxResults", "NextToken", func(p *page) []any { return each(p.Reservations) }, true},
	{"EBS volumes", "describe-volumes.json", "Volumes", "ec2", "ec2:DescribeVolumes", nil, "MaxResults", "NextToken", func(p *page) []any { return each(p.Volumes) }, false},
	{"EBS snapshots", "describe-snapshots.json", "Snapshots", "ec2", "ec2:DescribeSnapshots", url.Values{"Owner.1": {"self"}}, "MaxResults", "NextToken", func(p *page) []any { return each(p.Snapshots) }, false},
	{"Images (AMI)", "describe-images.json", "Images", "ec2", "ec2:DescribeImages", url.Values{"Owner.1": {"self"}}, "MaxResults", "NextToken", func(p *page) []any { return each(p.Images) }, false},
	{"Elastic IP addresses", "describe-addresses.json", "Addresses", "ec2", "ec2:DescribeAddresses", nil, "", "", func(p *page) []any { return each(p.Addresses) }, false},
	{"Load balancers", "elbv2-describe-load-balancers.json", "LoadBalancers", "elasticloadbalancing", "elasticloadbalancing:DescribeLoadBalancers", nil, "PageSize", "Marker", func(p *page) []any { return each(p.LoadBalancers) }, true},
	targetGroups,
	{"RDS instances", "rds-describe-db-instances.json", "DBInstances", "rds", "rds:DescribeDBInstances", nil, "MaxRecords", "Marker", func(p *page) []any { return each(p.DBInstances) }, true},
}

var targetGroups = list{"Target groups", "elbv2-describe-target-groups.json", "TargetGroups", "elasticloadbalancing", "elasticloadbalancing:DescribeTargetGroups", nil, "PageSize", "Marker", func(p *page) []any { return each(p.TargetGroups) }, false}

var callHealth = Call{Action: "elasticloadbalancing:DescribeTargetHealth", Resource: "*"}

func each[T any](items []T) []any {
	list := make([]any, len(items))
	for i := range items {
		list[i] = items[i]
	}
	return list
}

// page is an answer of any of the calls.
type page struct {
	Reservations  []reservation `xml:"reservationSet>item"`
	Volumes       []volume      `xml:"volumeSet>item"`
	Snapshots     []snapshot    `xml:"snapshotSet>item"`
	Images        []image       `xml:"imagesSet>item"`
	Addresses     []address     `xml:"addressesSet>item"`
	LoadBalancers []balancer    `xml:"DescribeLoadBalancersResult>LoadBalancers>member"`
	TargetGroups  []targetGroup `xml:"DescribeTargetGroupsResult>TargetGroups>member"`
	DBInstances   []database    `xml:"DescribeDBInstancesResult>DBInstances>DBInstance"`

	Next          string `xml:"nextToken"`
	NextBalancers string `xml:"DescribeLoadBalancersResult>NextMarker"`
	NextGroups    string `xml:"DescribeTargetGroupsResult>NextMarker"`
	NextDatabases string `xml:"DescribeDBInstancesResult>Marker"`
}

func (p *page) next() string { return p.Next + p.NextBalancers + p.NextGroups + p.NextDatabases } // one of them

type tag struct {
	Key   string `xml:"key"`
	Value string `xml:"value"`
}

type reservation struct {
	OwnerID   string `xml:"ownerId" json:"OwnerId"`
	Instances []struct {
		InstanceID   string `xml:"instanceId" json:"InstanceId"`
		InstanceType string `xml:"instanceType"`
		State        struct {
			Name string `xml:"name"`
		} `xml:"instanceState"`
		StateTransitionReason string `xml:"reason" json:",omitempty"`
		LaunchTime            string `xml:"launchTime"`
		Placement             struct {
			AvailabilityZone string `xml:"availabilityZone"`
		} `xml:"placement"`
		ImageID string `xml:"imageId" json:"ImageId"`
		Tags    []tag  `xml:"tagSet>item" json:",omitempty"`
	} `xml:"instancesSet>item"`
}

type volume struct {
	VolumeID         string `xml:"volumeId" json:"VolumeId"`
	State            string `xml:"status"`
	AvailabilityZone string `xml:"availabilityZone"`
	CreateTime       string `xml:"createTime"`
	VolumeType       string `xml:"volumeType"`
	Throughput       int    `xml:"throughput" json:",omitempty"`
	Attachments      []struct {
		InstanceID string `xml:"instanceId" json:"InstanceId"`
		State      string `xml:"status"`
	} `xml:"attachmentSet>item"`
	Tags []tag `xml:"tagSet>item" json:",omitempty"`
}

type snapshot struct {
	SnapshotID string `xml:"snapshotId" json:"SnapshotId"`
	VolumeID   string `xml:"volumeId" json:"VolumeId"`
	State      string `xml:"status"`
	StartTime  string `xml:"startTime"`
	OwnerID    string `xml:"ownerId" json:"OwnerId"`
	Tags       []tag  `xml:"tagSet>item" json:",omitempty"`
}

type image struct {
	ImageID      string `xml:"imageId" json:"ImageId"`
	Name         string `xml:"name"`
	State        string `xml:"imageState"`
	CreationDate string `xml:"creationDate"`
	OwnerID      string `xml:"imageOwnerId" json:"OwnerId"`
	Devices      []struct {
		Ebs struct {
			SnapshotID string `xml:"snapshotId" json:"SnapshotId"`
		} `xml:"ebs"`
	} `xml:"blockDeviceMapping>item" json:"BlockDeviceMappings"`
}

type address struct {
	AllocationID            string `xml:"allocationId" json:"AllocationId"`
	PublicIP                string `xml:"publicIp" json:"PublicIp"`
	InstanceID              string `xml:"instanceId" json:"InstanceId,omitempty"`
	AssociationID           string `xml:"associationId" json:"AssociationId,omitempty"`
	NetworkInterfaceID      string `xml:"networkInterfaceId" json:"NetworkInterfaceId,omitempty"`
	NetworkInterfaceOwnerID string `xml:"networkInterfaceOwnerId" json:"NetworkInterfaceOwnerId,omitempty"`
	NetworkBorderGroup      string `xml:"networkBorderGroup" json:",omitempty"`
	Tags                    []tag  `xml:"tagSet>item" json:",omitempty"`
}

type balancer struct {
	LoadBalancerArn  string
	LoadBalancerName string
	CreatedTime      string
	State            struct{ Code string }
	Type             string
}

type targetGroup struct {
	TargetGroupArn   string
	TargetGroupName  string
	LoadBalancerArns []string `xml:"LoadBalancerArns>member"`
}

type database struct {
	DBInstanceIdentifier string
	DBInstanceArn        string
	DBInstanceClass      string
	DBInstanceStatus     string
	InstanceCreateTime   string
}

// inventory is one document for each list, and one for the health of targets.
func (b *beside) inventory() []source.Extra {
	extras := make([]source.Extra, 0, len(lists)+1)
	for _, l := range lists {
		extras = append(extras, source.Extra{Switch: source.Inventories, DataSet: l.dataSet, File: l.file, Holds: source.Documents, Needs: []string{l.action}, Ask: func(ctx context.Context, w io.Writer, probe bool) error {
			_, account, err := b.places(ctx)
			if err != nil {
				return err
			}
			out := open(w, account, l.field)
			if err := b.everywhere(ctx, l, probe, func(_ string, item any) error { return out.Add(item) }); err != nil {
				return err
			}
			out.Close(closing)
			return nil
		}})
	}
	return append(extras, source.Extra{Switch: source.Inventories, DataSet: "Health of targets", File: "elbv2-describe-target-health.jsonl", Holds: source.Documents, Ask: b.health})
}

// everywhere calls found for each resource of a list, with its region; with probe only for those of the first page of the first region.
func (b *beside) everywhere(ctx context.Context, l list, probe bool, found func(region string, item any) error) error {
	regions, _, err := b.places(ctx)
	if err != nil {
		return err
	}
	for _, region := range regions {
		values := maps.Clone(l.form)
		if values == nil {
			values = url.Values{}
		}
		if l.size != "" {
			values.Set(l.size, pageSizes[l.service])
		}
		for {
			p, err := form[page](ctx, b, l.call(), l.service, region, values)
			if err != nil {
				return err
			}
			for _, item := range l.items(&p) {
				if err := found(region, item); err != nil {
					return err
				}
			}
			if probe {
				return nil
			}
			if p.next() == "" {
				break
			}
			values.Set(l.token, p.next())
		}
	}
	return nil
}

// health asks for the targets of each group, and writes a line for each.
func (b *beside) health(ctx context.Context, w io.Writer, probe bool) error {
	type health struct {
		TargetGroupArn           string
		TargetHealthDescriptions []struct {
			Target struct {
				ID string `xml:"Id" json:"Id"`
			}
			TargetHealth struct{ State string }
		} `xml:"DescribeTargetHealthResult>TargetHealthDescriptions>member"`
	}
	return b.everywhere(ctx, targetGroups, probe, func(region string, item any) error {
		group, _ := item.(targetGroup)
		answer, err := form[health](ctx, b, callHealth, "elasticloadbalancing", region, url.Values{"TargetGroupArn": {group.TargetGroupArn}})
		if err != nil {
			return err
		}
		answer.TargetGroupArn = group.TargetGroupArn
		text, err := json.Marshal(answer)
		if err != nil {
			return fmt.Errorf("write a document: %w", err)
		}
		_, _ = w.Write(append(text, '\n')) // the sink keeps what goes wrong
		return nil
	})
}
