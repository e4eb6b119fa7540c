package awsexport_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/awsexport"
	"cloud-intelligence/backend/connector/connectortest"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/sourcetest"
)

const secret = "planted-secret-key"

func reach(t *testing.T) source.Reach { return connectortest.Reach(t) }

func values(address string, more ...string) map[string]string {
	v := map[string]string{"bucket": "acme-bills", "access_key_id": "AKIAIOSFODNN7EXAMPLE", "secret_access_key": secret, "region": "us-east-1", "endpoint": address, "sts_endpoint": address}
	for i := 0; i+1 < len(more); i += 2 {
		v[more[i]] = more[i+1]
	}
	return v
}

// manifestText is the manifest of a delivery of an export as AWS writes it, with fewer columns.
func manifestText(execution string, keys ...string) string {
	text, err := json.Marshal(map[string]any{
		"executionId": execution, "exportArn": "arn:aws:bcm-data-exports:us-east-1:123456789012:export/daily", "dataFiles": keys,
		"columns": []map[string]string{{"name": "line_item_unblended_cost", "type": "double"}},
	})
	if err != nil {
		return err.Error()
	}
	return string(text)
}

func legacyText(assembly string, keys ...string) string {
	text, err := json.Marshal(map[string]any{
		"assemblyId": assembly, "account": "123456789012", "reportName": "old", "reportKeys": keys, "billingPeriod": map[string]string{"start": "20260901T000000.000Z", "end": "20261001T000000.000Z"},
		"columns": []map[string]string{{"category": "lineItem", "name": "UnblendedCost"}},
	})
	if err != nil {
		return err.Error()
	}
	return string(text)
}

const (
	oct1     = "exp/daily/data/BILLING_PERIOD=2026-10/daily-00001.csv.gz"
	oct2     = "exp/daily/data/BILLING_PERIOD=2026-10/daily-00002.csv.gz"
	octOf    = "exp/daily/metadata/BILLING_PERIOD=2026-10/daily-Manifest.json"
	old1     = "exp/old/20260901-20261001/a1b2/old-1.csv.gz"
	oldOf    = "exp/old/20260901-20261001/old-Manifest.json"
	nov1     = "exp/daily/data/BILLING_PERIOD=2026-11/2026-11-16T15:24:15.653Z-x1/daily-00001.csv.gz"
	novOf    = "exp/daily/metadata/BILLING_PERIOD=2026-11/2026-11-16T15:24:15.653Z-x1/daily-Manifest.json"
	contents = "\x1f\x8b not read here"
)

func place(t *testing.T) sourcetest.Place {
	address := connectortest.Moto(t)
	bucket := connectortest.NewBucket(t, address, "acme-bills")
	bucket.Put(t, "exp/test-object", "AWS writes one when an export is set up")
	return sourcetest.Place{
		Values: values(address, "prefix", "exp/"), Reach: reach(t), Put: bucket.Put, Remove: bucket.Remove,
		Files: map[string]string{
			oct1: contents, oct2: contents + " 2", octOf: manifestText("m1", "s3://acme-bills/"+oct1, "s3://acme-bills/"+oct2),
			old1: contents + " old", oldOf: legacyText("a1b2", old1), nov1: "", novOf: manifestText("x1", nov1),
		},
		Later:  map[string]string{oct1: contents + " changed", octOf: manifestText("m2", oct1), nov1: contents, novOf: manifestText("x1", nov1)},
		Change: oct1,
		Gone:   oldOf,
	}
}

func TestConnector_Conformance(t *testing.T) {
	sourcetest.RunConnector(t, awsexport.Connector{}, place)
}

func groups(t *testing.T, c source.Connection) map[string][]string {
	t.Helper()
	found, err := source.Groups(t.Context(), c)
	require.NoError(t, err)
	names := map[string][]string{}
	for _, g := range found {
		for _, o := range g.Objects {
			names[g.DataSet+" "+g.Month] = append(names[g.DataSet+" "+g.Month], o.Key)
		}
	}
	return names
}

// TestList_WholeMonthsOnly lists no month that AWS has not finished.
func TestList_WholeMonthsOnly(t *testing.T) {
	p := place(t)
	for key, text := range p.Files {
		if !strings.Contains(key, "Manifest") {
			p.Put(t, key, text)
		}
	}
	c := connectortest.Connect(t, awsexport.Connector{}, p.Values, p.Reach)
	assert.Empty(t, groups(t, c), "no manifest: not complete")
	for key, text := range p.Files {
		if strings.Contains(key, "Manifest") {
			p.Put(t, key, text)
		}
	}
	want := map[string][]string{"exp/daily 2026-10": {oct1, oct2, octOf}, "exp/old 2026-09": {old1, oldOf}, "exp/daily 2026-11": {nov1, novOf}}
	assert.Equal(t, want, groups(t, c), "the manifest of each comes last")
	assert.Equal(t, map[string][]string{"exp/old 2026-09": {old1, oldOf}}, groups(t, connectortest.Connect(t, awsexport.Connector{}, values(p.Values["endpoint"], "exports", "old, other"), p.Reach)))

	p.Remove(t, oct2)
	delete(want, "exp/daily 2026-10")
	assert.Equal(t, want, groups(t, c), "a part is missing")
	steps := c.Test(t.Context())
	assert.Contains(t, steps[len(steps)-2].Detail, "Oct 2026 of exp/daily is left out for now: the part "+oct2+" is missing")
}

// TestList_WaitsWhileAWSWrites distinguishes a part that is newer than its manifest from one of a bucket that was copied.
func TestList_WaitsWhileAWSWrites(t *testing.T) {
	p := place(t)
	p.Put(t, octOf, manifestText("m1", oct1))
	p.Put(t, oct1, contents)
	for len(groups(t, connectortest.Connect(t, awsexport.Connector{}, p.Values, p.Reach))) > 0 { // S3 keeps times to the second
		p.Put(t, oct1, contents)
	}
	p.Reach.Now = func() time.Time { return time.Now().Add(2 * time.Hour) }
	assert.Len(t, groups(t, connectortest.Connect(t, awsexport.Connector{}, p.Values, p.Reach)), 1)
}

func TestTest_SaysWhatIsThereAndWhatItCosts(t *testing.T) {
	p := place(t)
	c := connectortest.Connect(t, awsexport.Connector{}, p.Values, p.Reach)
	steps := c.Test(t.Context())
	require.Len(t, steps, 3)
	assert.Contains(t, steps[2].Detail, "No export was found")
	for key, text := range p.Files {
		p.Put(t, key, text)
	}
	steps = c.Test(t.Context())
	require.Len(t, steps, 5)
	assert.Contains(t, steps[0].Detail, "Signed in as arn:aws:")
	assert.Equal(t, "exp/daily: 2 months, Oct – Nov 2026; exp/old: 1 month, Sep 2026.", steps[3].Detail)
	assert.Contains(t, steps[4].Detail, "About 11 calls of Amazon S3 (1 to list, 10 to read)")
}

func TestRole(t *testing.T) {
	p := place(t)
	p.Put(t, oct1, contents)
	p.Put(t, octOf, manifestText("m1", oct1))
	p.Values["role_arn"], p.Values["external_id"] = "arn:aws:iam::222222222222:role/ReadBills", "ws-7f2"
	steps := connectortest.Connect(t, awsexport.Connector{}, p.Values, p.Reach).Test(t.Context())
	require.Len(t, steps, 5)
	assert.Contains(t, steps[0].Detail, "assumed-role/ReadBills/cloud-intelligence of account 222222222222")
}

// TestRole_MFA asks a person for the code of a device, once for a test and the sync that follows.
func TestRole_MFA(t *testing.T) {
	p := place(t)
	p.Put(t, oct1, contents)
	p.Put(t, octOf, manifestText("m1", oct1))
	const device = "arn:aws:iam::123456789012:mfa/ann"
	var forms []url.Values
	ended := false
	proxy := connectortest.NewFaults(t, p.Values["endpoint"], func(r *http.Request) *connectortest.Fault {
		if r.Method == http.MethodPost {
			text, err := io.ReadAll(r.Body)
			require.NoError(t, err)
			r.Body = io.NopCloser(bytes.NewReader(text))
			form, err := url.ParseQuery(string(text))
			require.NoError(t, err)
			if form.Get("Action") == "AssumeRole" {
				forms = append(forms, form)
			}
		}
		if ended && r.Method == http.MethodGet {
			ended = false
			return &connectortest.Fault{Status: 400, Body: fmt.Sprintf(errorText, "ExpiredToken", "ended")}
		}
		return nil
	})
	v := values(proxy.URL, "prefix", "exp/", "role_arn", "arn:aws:iam::222222222222:role/ReadBills", "mfa_serial", device)
	steps := connectortest.Connect(t, awsexport.Connector{}, v, p.Reach).Test(t.Context())
	require.Len(t, steps, 1)
	assert.Contains(t, steps[0].Detail, "Somebody has to sign in", "nobody is there")

	var asked []source.Prompt
	answer := " 123 456 "
	p.Reach.SignIn, p.Reach.Prompt = &source.Kept{}, func(_ context.Context, prompt source.Prompt) (string, error) {
		asked = append(asked, prompt)
		return answer, nil
	}
	for range 2 {
		steps = connectortest.Connect(t, awsexport.Connector{}, v, p.Reach).Test(t.Context())
		require.Len(t, steps, 5, "%v", steps)
		assert.Contains(t, steps[0].Detail, "assumed-role/ReadBills")
	}
	assert.Equal(t, []source.Prompt{{Text: "Enter the code that the MFA device " + device + " shows now.", Wanted: "MFA code"}}, asked)
	require.Len(t, forms, 1)
	assert.Equal(t, []string{device, "123456", "3600"}, []string{forms[0].Get("SerialNumber"), forms[0].Get("TokenCode"), forms[0].Get("DurationSeconds")})

	ended = true
	assert.Len(t, groups(t, connectortest.Connect(t, awsexport.Connector{}, v, p.Reach)), 1)
	assert.Len(t, asked, 2, "a session that has ended needs another code")

	p.Reach.SignIn, answer = &source.Kept{}, "12345"
	steps = connectortest.Connect(t, awsexport.Connector{}, v, p.Reach).Test(t.Context())
	assert.Contains(t, steps[len(steps)-1].Detail, "six digits")
	assert.Len(t, forms, 2, "what cannot be a code is not sent")
}

// TestPermissions gives a user exactly the policy that the connector shows, and takes each permission away.
func TestPermissions(t *testing.T) {
	p := place(t)
	p.Put(t, oct1, contents)
	p.Put(t, octOf, manifestText("m1", oct1))
	address := p.Values["endpoint"]
	whole := awsexport.Connector{}.Policies(p.Values)[0].Text
	for name, c := range map[string]struct{ policy, missing string }{
		"All":        {whole, ""},
		"NotList":    {strings.Replace(whole, "s3:ListBucket", "s3:ListAllMyBuckets", 1), "s3:ListBucket on arn:aws:s3:::acme-bills is missing"},
		"NotGet":     {strings.Replace(whole, "s3:GetObject", "s3:PutObject", 1), "s3:GetObject on arn:aws:s3:::acme-bills/exp/* is missing"},
		"OtherPlace": {strings.Replace(whole, "acme-bills/exp/*", "acme-bills/other/*", 1), "s3:GetObject"},
	} {
		t.Run(name, func(t *testing.T) {
			v := values(address, "prefix", "exp/")
			v["access_key_id"], v["secret_access_key"] = user(t, address, strings.ToLower(name), c.policy)
			connectortest.Send(t, http.MethodPost, address+"/moto-api/reset-auth", "0")
			defer connectortest.Send(t, http.MethodPost, address+"/moto-api/reset-auth", "1000000")
			steps := connectortest.Connect(t, awsexport.Connector{}, v, reach(t)).Test(t.Context())
			last := steps[len(steps)-1]
			assert.Equal(t, c.missing == "", last.OK, last.Detail)
			assert.Contains(t, last.Detail, c.missing)
		})
	}
}

// user makes a user of IAM with a policy and returns a key of it.
func user(t *testing.T, address, name, policy string) (id, key string) {
	t.Helper()
	ask := func(form string) string {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader("Version=2010-05-08&UserName="+name+form))
		require.NoError(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Authorization", connectortest.Signed("iam"))
		return text(t, r)
	}
	ask("&Action=CreateUser")
	ask("&Action=PutUserPolicy&PolicyName=p&PolicyDocument=" + escape(policy))
	answer := ask("&Action=CreateAccessKey")
	between := func(tag string) string {
		_, rest, _ := strings.Cut(answer, "<"+tag+">")
		value, _, _ := strings.Cut(rest, "</")
		require.NotEmpty(t, value)
		return value
	}
	return between("AccessKeyId"), between("SecretAccessKey")
}

func TestSignIn_Refused(t *testing.T) {
	p := place(t)
	address := p.Values["endpoint"]
	id, _ := user(t, address, "known", awsexport.Connector{}.Policies(p.Values)[0].Text)
	connectortest.Send(t, http.MethodPost, address+"/moto-api/reset-auth", "0")
	defer connectortest.Send(t, http.MethodPost, address+"/moto-api/reset-auth", "1000000")
	for name, want := range map[string]string{"AKIAIOSFODNN7UNKNOWN": "AWS does not know the access key", id: "does not belong to the access key"} {
		steps := connectortest.Connect(t, awsexport.Connector{}, values(address, "access_key_id", name), reach(t)).Test(t.Context())
		require.Len(t, steps, 1)
		assert.Contains(t, steps[0].Detail, want)
		assert.NotContains(t, fmt.Sprint(steps), secret)
	}
}

const errorText = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>%s</Code><Message>%s</Message><RequestId>EX4MPL3</RequestId><HostId>x</HostId></Error>`

// TestFaults plays what AWS and the network do to calls; each is played once for every request.
func TestFaults(t *testing.T) {
	p := place(t)
	long := strings.Repeat("0123456789", 20_000)
	p.Put(t, oct1, long)
	p.Put(t, octOf, manifestText("m1", oct1))
	for name, fault := range map[string]connectortest.Fault{
		"SlowDown":      {Status: 503, Body: fmt.Sprintf(errorText, "SlowDown", "Please reduce your request rate.")},
		"RetryAfter":    {Status: 429, Header: map[string]string{"Retry-After": "0.001"}, Body: "<html>"},
		"InternalError": {Status: 500, Body: fmt.Sprintf(errorText, "InternalError", "We encountered an internal error.")},
		"BadGateway":    {Status: 502, Header: map[string]string{"Content-Type": "text/html"}, Body: "<html>bad gateway</html>"},
		"SignInPage":    {Status: 200, Header: map[string]string{"Content-Type": "text/html"}, Body: "<html>sign in</html>"},
		"Storm":         {Status: 503, Body: fmt.Sprintf(errorText, "SlowDown", "Please reduce your request rate.")},
		"Slow":          {Slow: true},
		"Reset":         {Reset: true},
		"Cut":           {Cutoff: true, Cut: 100},
		"Region":        {Status: 301, Header: map[string]string{"X-Amz-Bucket-Region": "eu-central-1"}, Body: fmt.Sprintf(errorText, "PermanentRedirect", "x")},
	} {
		t.Run(name, func(t *testing.T) {
			seen, most := map[string]int{}, map[string]int{"Storm": 12, "Slow": 1000} // a fault comes so often, once by default
			proxy := connectortest.NewFaults(t, p.Values["endpoint"], func(r *http.Request) *connectortest.Fault {
				key := r.Method + r.URL.Path
				if seen[key] >= max(1, most[name]) || (name == "Region" && len(seen) > 0) {
					return nil
				}
				seen[key]++
				return &fault
			})
			v := values(proxy.URL, "prefix", "exp/")
			delete(v, "region")
			c := connectortest.Connect(t, awsexport.Connector{}, v, reach(t))
			found, err := source.Groups(t.Context(), c)
			require.NoError(t, err)
			require.Len(t, found, 1)
			var text strings.Builder
			require.NoError(t, c.Fetch(t.Context(), found[0].Objects[0], &text))
			assert.Equal(t, long, text.String())
			assert.Positive(t, c.Usage().Calls)
			assert.NotContains(t, proxy.Wire(), secret, "a secret access key signs, and is never sent")
			assert.Contains(t, proxy.Wire(), "AWS4-HMAC-SHA256")
			if name == "Cut" {
				last := proxy.Asked()[len(proxy.Asked())-1]
				assert.Equal(t, "bytes=100-", last.Header.Get("Range"), "what was read is not read again")
			}
			if name == "Region" {
				assert.Contains(t, proxy.Asked()[len(proxy.Asked())-1].Header.Get("Authorization"), "/eu-central-1/s3/")
			}
		})
	}
}

// TestRefusals plays answers that no repeating changes.
func TestRefusals(t *testing.T) {
	p := place(t)
	for name, c := range map[string]struct {
		fault connectortest.Fault
		code  finops.Code
		want  string
	}{
		"Clock":    {connectortest.Fault{Status: 403, Header: map[string]string{"Date": time.Now().Add(-time.Hour).UTC().Format(http.TimeFormat)}, Body: fmt.Sprintf(errorText, "RequestTimeTooSkewed", "x")}, finops.CodeDenied, "1h0m"},
		"Session":  {connectortest.Fault{Status: 400, Body: fmt.Sprintf(errorText, "ExpiredToken", "The provided token has expired.")}, finops.CodeDenied, "session of the temporary access key has ended"},
		"NoBucket": {connectortest.Fault{Status: 404, Body: fmt.Sprintf(errorText, "NoSuchBucket", "x")}, finops.CodeInvalid, "no bucket acme-bills"},
		"Denied":   {connectortest.Fault{Status: 403, Body: fmt.Sprintf(errorText, "AccessDenied", "Access Denied")}, finops.CodeDenied, "s3:ListBucket on arn:aws:s3:::acme-bills is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			proxy := connectortest.NewFaults(t, p.Values["endpoint"], func(*http.Request) *connectortest.Fault { return &c.fault })
			_, err := source.Groups(t.Context(), connectortest.Connect(t, awsexport.Connector{}, values(proxy.URL), reach(t)))
			assert.Equal(t, c.code, finops.CodeOf(err))
			assert.Contains(t, finops.MessageOf(err), c.want)
			assert.Len(t, proxy.Asked(), 1)
		})
	}
}

func TestConnect_Refuses(t *testing.T) {
	for want, v := range map[string]map[string]string{
		"Bucket must be":                     values("", "bucket", "Not A Bucket"),
		"Role must be":                       values("", "role_arn", "ReadBills"),
		"MFA device belongs to a Role":       values("", "mfa_serial", "arn:aws:iam::123456789012:mfa/ann"),
		"one of them is needed":              {"bucket": "acme-bills"},
		"cannot both be given":               values("", "profile", "billing"),
		"Secret access key is missing":       values("", "secret_access_key", ""),
		"S3 endpoint must be":                values("s3.example.com"),
		`There is no profile "none-of-mine"`: {"bucket": "acme-bills", "profile": "none-of-mine"},
	} {
		_, err := awsexport.Connector{}.Connect(v, reach(t))
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), want)
		assert.Contains(t, finops.MessageOf(err), want)
		assert.NotContains(t, fmt.Sprint(err), secret)
	}
}

func TestConnection_Cancelled(t *testing.T) {
	p := place(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	stop := finops.Errorf(finops.CodeCancelled, "stop")
	proxy := connectortest.NewFaults(t, p.Values["endpoint"], func(*http.Request) *connectortest.Fault {
		cancel(stop)
		return &connectortest.Fault{Status: 503, Body: fmt.Sprintf(errorText, "SlowDown", "x")}
	})
	_, err := source.Groups(ctx, connectortest.Connect(t, awsexport.Connector{}, values(proxy.URL), reach(t)))
	assert.ErrorIs(t, err, stop)
}

// TestNames asks an organization of more accounts than come at a time.
func TestNames(t *testing.T) {
	p := place(t)
	var members []string
	for i := range 24 {
		members = append(members, fmt.Sprintf("member, %d", i))
	}
	want := connectortest.Organization(t, p.Values["endpoint"], members...)
	p.Values["organizations_endpoint"] = p.Values["endpoint"]
	sourcetest.RunNames(t, awsexport.Connector{}, p, want)
}
