package awscloud

import (
	"encoding/json"
	"fmt"
	"strings"

	"cloud-intelligence/backend/source"
)

// Call is something that a connector asks AWS for. The policy and the sentences on what is missing are made from these, and nothing
// else is called.
type Call struct {
	Action   string // "s3:GetObject"
	Resource string // ARN that the permission is needed on
	Below    string // it is needed below this prefix of a bucket only; "" = everywhere
	Hint     string // a sentence on what else may be missing; "" = nothing
	free     bool   // AWS lets everybody call it
}

var callIdentity = Call{Action: "sts:GetCallerIdentity", Resource: "*", free: true}

func (s SignIn) callAssume() Call {
	return Call{Action: "sts:AssumeRole", Resource: OrName(s.role, "arn:aws:iam::ACCOUNT:role/ROLE")}
}

// OrName is a text, or what stands for it where it is missing.
func OrName(text, name string) string {
	if text == "" {
		return name
	}
	return text
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

func newDocument(calls ...Call) document {
	doc := document{Version: "2012-10-17"}
	for _, c := range calls {
		_, verb, _ := strings.Cut(c.Action, ":")
		st := statement{Sid: verb, Effect: "Allow", Action: c.Action, Resource: c.Resource}
		if c.Below != "" {
			st.Condition = map[string]map[string]string{"StringLike": {"s3:prefix": c.Below + "*"}}
		}
		doc.Statement = append(doc.Statement, st)
	}
	return doc
}

// Policies returns what the user or the role that makes the calls must be allowed; with a role also what the user who assumes it must
// be. purpose completes "IAM policy to …", note says where the first belongs, and id names it in Terraform.
func (s SignIn) Policies(purpose, id, note string, calls ...Call) []source.Policy {
	reader := newDocument(calls...)
	list := []source.Policy{
		{Name: "IAM policy to " + purpose, Form: "json", Text: reader.json(), Note: note},
		{Name: "IAM policy to " + purpose + ", for Terraform", Form: "terraform", Text: reader.terraform(id), Note: note},
	}
	if s.role != "" {
		caller := newDocument(s.callAssume())
		note := "For the user who assumes the role."
		list = append(list,
			source.Policy{Name: "IAM policy to assume the role", Form: "json", Text: caller.json(), Note: note},
			source.Policy{Name: "IAM policy to assume the role, for Terraform", Form: "terraform", Text: caller.terraform("assume_" + id), Note: note})
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
