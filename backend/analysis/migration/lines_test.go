package migration_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/migration"
)

func read(t *testing.T, text string) (string, *migration.Inventory) {
	t.Helper()
	lines := strings.Split(text, "\n")
	var rows []migration.Row
	for i, line := range lines[1:] {
		rows = append(rows, migration.Row{Number: int64(i + 2), Cells: strings.Split(line, ",")})
	}
	inv, err := migration.ReadLines(strings.Split(lines[0], ","), rows)
	require.NoError(t, err)
	out, err := json.Marshal(inv.Lines)
	require.NoError(t, err)
	return string(out), inv
}

func TestReadLines_OwnFields(t *testing.T) {
	got, inv := read(t, "Name,vCPU,memory_gib,db_ha,depends_on,services,Owner\na,4,16.50,yes,b; c,vm:must;dns:nice,Ann\nb,,,,,,\nc,x,1,perhaps,,,")
	assert.JSONEq(t, `[{"name":"a","vcpu":4,"memory_gib":16.5,"db_ha":true,"depends_on":["b","c"],"services":{"vm":"must","dns":"nice"}},{"name":"b"},{"name":"c","memory_gib":1}]`, got)
	assert.Equal(t, []string{"Owner"}, inv.Unused)
	require.Len(t, inv.Wrong, 2)
	assert.Equal(t, `row 4, vcpu must be a number, not "x"`, inv.Wrong[0].Message)
	assert.Equal(t, `row 4, db_ha must be true or false, not "perhaps"`, inv.Wrong[1].Message)
}

func TestReadLines_RVTools(t *testing.T) {
	got, inv := read(t, "VM,Powerstate,CPUs,Memory,Provisioned MiB,OS according to the configuration file,Host\n"+
		"web-1,poweredOn,4,16384,102400,Microsoft Windows Server 2019 (64-bit),esx1\nold,poweredOff,2,4096,1024,Other,esx1\ndb,poweredOn,8,65536,512000,Red Hat Enterprise Linux 8 (64-bit),esx2")
	assert.Equal(t, "rvtools", inv.Kind)
	assert.JSONEq(t, `[{"name":"web-1","type":"other","vcpu":4,"memory_gib":16,"block_gib":100,"os":"windows"},{"name":"db","type":"other","vcpu":8,"memory_gib":64,"block_gib":500,"os":"rhel"}]`, got)
	assert.Equal(t, []string{"Host"}, inv.Unused)
	assert.Equal(t, []string{"old"}, inv.Off, "what is switched off is named, not dropped in silence")
}

func TestReadLines_AzureMigrate(t *testing.T) {
	got, inv := read(t, "*Server name,*Cores,*Memory (In MB),*OS name,CPU utilization percentage,Memory utilization percentage,Disk 1 size (In GB),Disk 2 size (In GB)\nweb,2,8192,Ubuntu 22.04,12.5,40,30,50")
	assert.Equal(t, "azure_migrate", inv.Kind)
	assert.JSONEq(t, `[{"name":"web","type":"other","vcpu":2,"memory_gib":8,"os":"linux","cpu_p95":12.5,"mem_p95":40,"block_gib":80}]`, got)
}

func TestReadLines_OtherTable(t *testing.T) {
	_, err := migration.ReadLines([]string{"host", "size"}, nil)
	assert.ErrorContains(t, err, "The table has no column name")
}
