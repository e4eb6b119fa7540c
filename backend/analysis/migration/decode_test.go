package migration_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/migration"
)

// wrong lists path and rule of each error.
func wrong(t *testing.T, text string) []string {
	t.Helper()
	_, err := migration.Decode([]byte(text), builtIn(t), today)
	if err == nil {
		return nil
	}
	all, ok := errors.AsType[migration.FieldErrors](err)
	require.True(t, ok, "%v", err)
	var list []string
	for _, e := range all {
		list = append(list, e.Path+" "+e.Rule)
		if e.Path != "" {
			assert.True(t, strings.HasPrefix(e.Message, e.Path+" "), e.Message)
		}
	}
	return list
}

func TestDecode_WrongFields(t *testing.T) {
	const organization, line = `"organization":{"name":"x","countries":["DE"]`, `"workloads":[{"name":"a"`
	all := func(o, w, r string) string {
		return `{` + organization + o + `},` + line + w + `}],"requirements":{` + r + `}}`
	}
	for _, c := range []struct {
		o, w, r string
		want    []string
	}{
		{"", "", "", nil},
		{`,"team_size":0`, `,"vcpu":449`, `"wacc_pct":30.01`, []string{"organization.team_size range", "workloads[0].vcpu range", "requirements.wacc_pct range"}},
		{`,"team_size":"5"`, `,"vcpu":1.5`, `"leaving_source":1`, []string{"organization.team_size type", "workloads[0].vcpu type", "requirements.leaving_source type"}},
		{`,"colour":1`, `,"Name":"b"`, `"wight":{}`, []string{"organization.colour unknown", "workloads[0].Name unknown", "requirements.wight unknown"}},
		{`,"current_infrastructure":"cloud"`, "", "", []string{"organization.source_provider required", "organization.current_monthly_cost required"}},
		{`,"industry":"other"`, "", "", []string{"organization.industry_other required"}},
		{`,"currency":"EUR"`, "", "", []string{"organization.currency_rate required", "organization.currency_rate_date required"}},
		{"", `,"os":"windows","arch":"arm64"`, "", []string{"workloads[0].arch cross", "workloads[0].os cross"}},
		{"", `,"os_licence":"byol"`, "", []string{"workloads[0].os_licence cross", "workloads[0].os cross"}},
		{"", `,"strategy":"relocate"`, "", []string{"organization.vmware cross", "workloads[0].strategy cross"}},
		{"", `,"type":"database"`, "", []string{"workloads[0].db_engine required"}},
		{"", `,"db_engine":"mysql"`, "", []string{"workloads[0].db_storage_gib required"}},
		{"", `,"db_engine":"mysql","db_storage_gib":0`, "", []string{"workloads[0].db_storage_gib range"}},
		{"", `},{"name":"a"},{"name":"b","depends_on":["b","c","a"]`, "", []string{"workloads[1].name unique", "workloads[2].depends_on[0] reference", "workloads[2].depends_on[1] reference"}},
		{"", `},5,{"name":"a"`, "", []string{"workloads[1] type", "workloads[2].name unique"}},
		{`,"team_size":5,"team_size":6`, `,"vcpu":1,"vcpu":1,"vcpu":1`, `"weights":{"cost":40,"cost":40},"wacc_pct":31`, []string{
			"organization.team_size unique", "workloads[0].vcpu unique", "requirements.weights.cost unique", "requirements.wacc_pct range",
		}},
		{"", "", `},"requirements":{`, []string{"requirements unique"}},
		{"", `,"block_gib":null,"cpu_p95":null`, "", []string{"workloads[0].block_gib required"}},
		{"", `,"memory_gib":1.234`, "", []string{"workloads[0].memory_gib decimals"}},
		{"", `,"services":{"vm":"maybe","nothing":"must"}`, "", []string{"workloads[0].services.nothing unknown", "workloads[0].services.vm oneOf"}},
		{"", "", `"weights":{"cost":50}`, []string{"requirements.weights sum"}},
		{"", "", `"weights":{"cost":101}`, []string{"requirements.weights.cost range"}},
		{"", "", `"user_locations":[{"country":"DE","share":60},{"country":"FR","share":39.99}]`, []string{"requirements.user_locations sum"}},
		{"", "", `"availability":99.8`, []string{"requirements.availability oneOf"}},
		{"", "", `"start_date":"2026-11-21"`, []string{"requirements.start_date range"}},
		{"", "", `"start_date":"2027-01-01","deadline":"2027-01-14"`, []string{"requirements.deadline cross", "requirements.start_date cross"}},
		{"", "", `"residency":["US"],"target_geo":{"aws":"eu-central-1"}`, []string{"requirements.target_geo cross", "requirements.residency cross"}},
		{"", "", `"residency":["AQ"]`, []string{"requirements.residency range"}},
		{`,"team_size":0`, "", `"residency":["AQ"]`, []string{"organization.team_size range", "requirements.residency range"}},
		{"", "", `"target_geo":"nowhere"`, []string{"requirements.target_geo oneOf"}},
		{"", "", `"frameworks":[{"name":"ISO 27001"},{"name":"ISO 27001"},{"name":"None"}]`, []string{"requirements.frameworks[1].name unique", "requirements.frameworks[2].name oneOf"}},
		{"", "", `"candidate_providers":[]`, []string{"requirements.candidate_providers length"}},
	} {
		assert.Equal(t, c.want, wrong(t, all(c.o, c.w, c.r)), "%s %s %s", c.o, c.w, c.r)
	}
}

func TestDecode_NoProfile(t *testing.T) {
	assert.Equal(t, []string{" json"}, wrong(t, `{"organization":`))
	assert.Equal(t, []string{" json"}, wrong(t, `{} {}`))
	assert.Equal(t, []string{" type"}, wrong(t, `[]`))
	assert.Equal(t, []string{"organization required", "organization.name required", "organization.countries required", "workloads required"}, wrong(t, `{}`))
	assert.Equal(t, []string{"workloads length"}, wrong(t, `{"organization":{"name":"x","countries":["DE"]},"workloads":[]}`))
	assert.Equal(t, []string{"requirements.target_geo required"}, wrong(t, `{"organization":{"name":"x","countries":["TV"]},"workloads":[{"name":"a"}]}`))
}

// Every rule of the table can be read, and its default keeps it.
func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range migration.Rules() {
		assert.False(t, seen[r.Path], r.Path)
		seen[r.Path] = true
		if r.Kind == migration.Number && len(r.Options) == 0 || r.Kind == migration.Whole {
			assert.NotEmpty(t, r.Min, r.Path)
			assert.NotEmpty(t, r.Max, r.Path)
		}
		if r.Kind == migration.Choice && r.Default != "" {
			assert.Contains(t, r.Options, r.Default, r.Path)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(`{"organization":{"name":"x","countries":["DE"]},"workloads":[{"name":"a","vcpu":1e400}],"requirements":{"weights":7,"target_geo":[1]}}`)
	f.Add(`{"organization":null,"workloads":[null,{}],"requirements":{"user_locations":[{"share":-1}],"services":{}}}`)
	book := builtIn(f)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := migration.Decode([]byte(text), book, today)
		if err != nil {
			_, ok := errors.AsType[migration.FieldErrors](err)
			require.True(t, ok)
			return
		}
		_, err = json.Marshal(migration.Assess(p, book, today))
		require.NoError(t, err)
	})
}
