package connectortest

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Estate is what Populate has made at moto.
type Estate struct{ Machine, Volume, Free, Group string }

// Populate makes a machine with a metric, a volume that is attached to nothing, an address, a load balancer with an empty target group and a database at moto,
// in the region eu-central-1.
func Populate(t *testing.T, address string) Estate {
	t.Helper()
	e := Estate{Machine: first(t, Form(t, address, "ec2", "2016-11-15", "RunInstances", url.Values{
		"ImageId": {"ami-0abc1234"}, "MinCount": {"1"}, "MaxCount": {"1"}, "InstanceType": {"m5.large"},
		"TagSpecification.1.ResourceType": {"instance"}, "TagSpecification.1.Tag.1.Key": {"Name"}, "TagSpecification.1.Tag.1.Value": {"shop & web"},
	}), "instanceId")}
	e.Volume = first(t, Form(t, address, "ec2", "2016-11-15", "CreateVolume", url.Values{"AvailabilityZone": {"eu-central-1a"}, "Size": {"100"}, "VolumeType": {"gp3"}}), "volumeId")
	Form(t, address, "ec2", "2016-11-15", "CreateSnapshot", url.Values{"VolumeId": {e.Volume}})
	Form(t, address, "ec2", "2016-11-15", "CreateImage", url.Values{"InstanceId": {e.Machine}, "Name": {"web"}})
	e.Free = first(t, Form(t, address, "ec2", "2016-11-15", "AllocateAddress", url.Values{"Domain": {"vpc"}}), "allocationId")
	subnet := first(t, Form(t, address, "ec2", "2016-11-15", "DescribeSubnets", nil), "subnetId")
	vpc := first(t, Form(t, address, "ec2", "2016-11-15", "DescribeVpcs", nil), "vpcId")
	Form(t, address, "elasticloadbalancing", "2015-12-01", "CreateLoadBalancer", url.Values{"Name": {"front"}, "Subnets.member.1": {subnet}})
	e.Group = first(t, Form(t, address, "elasticloadbalancing", "2015-12-01", "CreateTargetGroup", url.Values{"Name": {"web"}, "Protocol": {"HTTP"}, "Port": {"80"}, "VpcId": {vpc}}), "TargetGroupArn")
	Form(t, address, "rds", "2014-10-31", "CreateDBInstance", url.Values{
		"DBInstanceIdentifier": {"orders"}, "DBInstanceClass": {"db.m5.large"}, "Engine": {"postgres"}, "AllocatedStorage": {"20"}, "MasterUsername": {"root"}, "MasterUserPassword": {"not-a-real-one"},
	})
	Form(t, address, "monitoring", "2010-08-01", "PutMetricData", url.Values{
		"Namespace": {"AWS/EC2"}, "MetricData.member.1.MetricName": {"CPUUtilization"}, "MetricData.member.1.Value": {"3.25"},
		"MetricData.member.1.Timestamp":                 {time.Now().UTC().AddDate(0, 0, -3).Format(time.RFC3339)},
		"MetricData.member.1.Dimensions.member.1.Name":  {"InstanceId"},
		"MetricData.member.1.Dimensions.member.1.Value": {e.Machine},
	})
	return e
}

// Form sends a form to moto in the region eu-central-1, and returns its answer.
func Form(t *testing.T, address, service, version, action string, values url.Values) string {
	t.Helper()
	all := url.Values{"Action": {action}, "Version": {version}}
	for name, value := range values {
		all[name] = value
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"/", strings.NewReader(all.Encode()))
	require.NoError(t, err)
	r.Header.Set("Authorization", strings.Replace(Signed(service), "us-east-1", "eu-central-1", 1))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return answered(t, r)
}

// first is the text of the first element of a name.
func first(t *testing.T, text, name string) string {
	t.Helper()
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := d.Token()
		require.NoError(t, err, "%s in %s", name, text)
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == name {
			var value string
			require.NoError(t, d.DecodeElement(&value, &start))
			return value
		}
	}
}
