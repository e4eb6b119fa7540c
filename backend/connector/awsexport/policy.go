package awsexport

import (
	"encoding/json"
	"fmt"
	"strings"

	"cloud-intelligence/backend/source"
)

// call is something that the connector asks AWS for. The policy and the sentences on what is
// missing are made from this list, and nothing else is called.
type call struct {
	action   string
	resource func(settings) string // ARN that the permission is needed on
	prefixed bool                  // it is needed below the prefix only
	free     bool                  // AWS lets everybody call it
}

var (
	callIdentity = call{action: "sts:GetCallerIdentity", resource: func(settings) string { return "*" }, free: true}
	callAssume   = call{action: "sts:AssumeRole", resource: func(s settings) string { return orName(s.role, "arn:aws:iam::ACCOUNT:role/ROLE") }}
	callList     = call{action: "s3:ListBucket", resource: settings.bucketARN, prefixed: true}
	callGet      = call{action: "s3:GetObject", resource: func(s settings) string { return s.bucketARN() + "/" + s.prefix + "*" }}
)

func orName(text, name string) string {
	if text == "" {
		return name
	}
	return text
}

func (s settings) bucketARN() string {
	partition := "aws"
	switch {
	case strings.HasPrefix(s.region, "cn-"):
		partition = "aws-cn"
	case strings.HasPrefix(s.region, "us-gov-"):
		partition = "aws-us-gov"
	}
	return fmt.Sprintf("arn:%s:s3:::%s", partition, orName(s.bucket, "BUCKET"))
}

type statement struct {
	Sid       string
	Effect    string
	Action    string
	Resource  string
	Condition map[string]map[string]string `json:",omitempty"`
}

type document struct {
	Version   string
	Statement []statement
}

func (s settings) document(calls ...call) document {
	doc := document{Version: "2012-10-17"}
	for _, c := range calls {
		if c.free {
			continue
		}
		_, verb, _ := strings.Cut(c.action, ":")
		st := statement{Sid: verb, Effect: "Allow", Action: c.action, Resource: c.resource(s)}
		if c.prefixed && s.prefix != "" {
			st.Condition = map[string]map[string]string{"StringLike": {"s3:prefix": s.prefix + "*"}}
		}
		doc.Statement = append(doc.Statement, st)
	}
	return doc
}

// Policies returns what the user or the role that reads the bucket must be allowed; with a role also
// what the user who assumes it must be.
func (Connector) Policies(values map[string]string) []source.Policy {
	s, _ := parse(values) // what is missing is spelled in capitals
	reader := s.document(callIdentity, callList, callGet)
	note := "For the user or role that reads the bucket. Where the bucket has a key of its own in KMS, allow kms:Decrypt on that key, too."
	list := []source.Policy{
		{Name: "IAM policy to read the exports", Form: "json", Text: reader.json(), Note: note},
		{Name: "The same for Terraform", Form: "terraform", Text: reader.terraform("read_bills"), Note: note},
	}
	if s.role != "" {
		caller := s.document(callAssume)
		note := "For the user who assumes the role."
		list = append(list,
			source.Policy{Name: "IAM policy to assume the role", Form: "json", Text: caller.json(), Note: note},
			source.Policy{Name: "The same for Terraform", Form: "terraform", Text: caller.terraform("assume_read_bills"), Note: note})
	}
	return list
}

func (d document) json() string {
	text, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return "" // texts always marshal
	}
	return string(text) + "\n"
}

// terraform writes the document as a data source of the AWS provider.
func (d document) terraform(name string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "data \"aws_iam_policy_document\" %q {\n", name)
	for i, s := range d.Statement {
		if i > 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "  statement {\n    sid       = %q\n    actions   = [%q]\n    resources = [%q]\n", s.Sid, s.Action, s.Resource)
		for test, values := range s.Condition {
			for variable, value := range values {
				fmt.Fprintf(&b, "\n    condition {\n      test     = %q\n      variable = %q\n      values   = [%q]\n    }\n", test, variable, value)
			}
		}
		b.WriteString("  }\n")
	}
	fmt.Fprintf(&b, "}\n\nresource \"aws_iam_policy\" %q {\n  name   = %q\n  policy = data.aws_iam_policy_document.%s.json\n}\n", name, strings.ReplaceAll(name, "_", "-"), name)
	return b.String()
}
