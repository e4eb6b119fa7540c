package migration_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/analysis/migration"
)

func planOf(t *testing.T, organization, lines, requirements string) migration.Plan {
	t.Helper()
	return assess(t, `{"organization":{"name":"x","countries":["US"]`+organization+`},"workloads":[`+lines+`],"requirements":{"start_date":"2027-01-04"`+requirements+`}}`).Plan
}

func phases(p migration.Plan) (list []string) {
	for _, one := range p.Phases {
		list = append(list, fmt.Sprintf("%s %s %s %s", one.Name, one.Start, one.Weeks, strings.Join(one.Lines, ",")))
	}
	return list
}

// Without a buffer: assess 2 weeks, mobilise 4, a pilot of the group without production, one wave, optimise 6.
func TestPlan_PhasesAndGroups(t *testing.T) {
	p := planOf(t, "", `{"name":"shop","depends_on":["db"]},{"name":"db","type":"erp"},{"name":"test","environment":"test"},{"name":"old","strategy":"retain","depends_on":["shop"]},{"name":"last","criticality":5}`, `,"buffer_pct":0`)
	assert.Equal(t, [][]string{{"test"}, {"shop", "db"}, {"last"}}, p.Groups)
	assert.Equal(t, []string{
		"Assess 2027-01-04 2 ", "Mobilise 2027-01-18 4 ", "Pilot 2027-02-15 3 test,shop,db", "Wave 1 2027-03-08 3 last", "Optimise 2027-03-29 6 ",
	}, phases(p))
	assert.Equal(t, "2027-05-10", p.End.String())
	assert.Equal(t, 2, p.MonthsToMove, "84 days are 2.76 months")
	assert.Equal(t, []string{"Assess", "Mobilise", "Pilot", "Wave 1", "Optimise"}, p.CriticalPath)
}

// A pilot that would meet a freeze starts the day after it; what follows moves with it.
func TestPlan_Freeze(t *testing.T) {
	p := planOf(t, "", `{"name":"a"}`, `,"buffer_pct":0,"freeze_periods":[{"start":"2027-03-05","end":"2027-03-10"},{"start":"2027-03-20","end":"2027-03-21"}]`)
	assert.Equal(t, "Pilot 2027-03-22 3 a", phases(p)[2], "the first freeze moves it into the second")
}

// A team of six or more begins a wave at the half of the one before, but not before the pilot has ended.
func TestPlan_LargeTeam(t *testing.T) {
	lines := `{"name":"p","criticality":1},{"name":"q","criticality":1},{"name":"r","criticality":1},{"name":"s","criticality":2},{"name":"t","criticality":3}`
	p := planOf(t, `,"team_size":6`, lines, `,"buffer_pct":0`)
	assert.Equal(t, []string{"Pilot 2027-02-15 3 p,q,r", "Wave 1 2027-03-08 3 s", "Wave 2 2027-03-18 3 t", "Optimise 2027-04-08 6 "}, phases(p)[2:])
	small := planOf(t, `,"team_size":5`, lines, `,"buffer_pct":0`)
	assert.Equal(t, "Wave 2 2027-03-29 3 t", phases(small)[4])
	assert.True(t, p.Phases[4].Overlaps)
	assert.False(t, p.Phases[3].Overlaps)
}

// Hours beyond the capacity make a wave longer: 20 machines × 45 hours, 75 hours a week.
func TestPlan_CapacityAndBuffer(t *testing.T) {
	p := planOf(t, "", `{"name":"a","count":20}`, ``)
	assert.Equal(t, migration.Decimal("14.4"), p.Phases[2].Weeks)
	assert.Equal(t, migration.Decimal("900"), p.Phases[2].Hours)
}

func TestPlan_DeadlineAndRisks(t *testing.T) {
	p := planOf(t, `,"skill_aws":4,"skill_azure":3`, `{"name":"a","change_rate":5,"count":3,"depends_on":["b"]},{"name":"b","db_engine":"mysql","db_storage_gib":9,"depends_on":["a"]}`, `,"deadline":"2027-06-30"`)
	assert.Equal(t, []migration.Lever{{Lever: "Rehost instead of refactoring", Weeks: "28.8"}}, p.Levers, "more people do not make the slowest line quicker")
	var codes []string
	for _, r := range p.Risks {
		codes = append(codes, r.Code)
	}
	assert.Equal(t, []string{"replication_lag", "dependency_cycle", "skills"}, codes)
}
