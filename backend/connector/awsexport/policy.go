package awsexport

import (
	"fmt"
	"strings"

	"cloud-intelligence/backend/connector/awscloud"
	"cloud-intelligence/backend/source"
)

const hintKMS = "; where the bucket has a key of its own in KMS, kms:Decrypt on that key is needed, too"

func (s settings) callList() awscloud.Call {
	return awscloud.Call{Action: "s3:ListBucket", Resource: s.bucketARN(), Below: s.prefix, Hint: hintKMS}
}

func (s settings) callGet() awscloud.Call {
	return awscloud.Call{Action: "s3:GetObject", Resource: s.bucketARN() + "/" + s.prefix + "*", Hint: hintKMS}
}

func (s settings) bucketARN() string {
	partition := "aws"
	switch {
	case strings.HasPrefix(s.region, "cn-"):
		partition = "aws-cn"
	case strings.HasPrefix(s.region, "us-gov-"):
		partition = "aws-us-gov"
	}
	return fmt.Sprintf("arn:%s:s3:::%s", partition, awscloud.OrName(s.bucket, "BUCKET"))
}

// Policies returns what the user or the role that reads the bucket must be allowed; with a role also
// what the user who assumes it must be.
func (Connector) Policies(values map[string]string) []source.Policy {
	s, _ := parse(values) // what is missing is spelled in capitals
	note := "For the user or role that reads the bucket. Where the bucket has a key of its own in KMS, allow kms:Decrypt on that key, too."
	calls := append([]awscloud.Call{s.callList(), s.callGet()}, awscloud.BesideCalls(values)...)
	return s.signIn.Policies("read the exports", "read_bills", note, calls...)
}
