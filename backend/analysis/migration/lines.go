package migration

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
)

// DraftLine is a line of a profile as JSON has it, before it was checked.
type DraftLine map[string]any

// Inventory is what a table of machines says.
type Inventory struct {
	Kind   string // lines (a table of the profile's own fields), rvtools or azure_migrate
	Lines  []DraftLine
	Wrong  FieldErrors // paths such as row 5, vcpu
	Unused []string    // columns that have nothing for the profile
	Off    []string    // machines that are switched off, which become no line
}

// Row is a row of a table of machines with its number in the file.
type Row struct {
	Number int64
	Cells  []string
}

// machineColumn is a column of an export and the field that it fills.
type machineColumn struct {
	field  string
	perGiB int64 // how many of its units are a GiB; 0 = it is no size
}

// exports are known by columns that no other table has. Names are folded to small letters and digits.
var exports = []struct {
	kind    string
	known   []string
	columns map[string]machineColumn
}{
	{"rvtools", []string{"vm", "powerstate", "cpus", "memory"}, map[string]machineColumn{
		"vm": {field: "name"}, "cpus": {field: "vcpu"}, "memory": {"memory_gib", 1024}, "provisionedmib": {"block_gib", 1024}, "provisionedmb": {"block_gib", 1024},
		"totaldiskcapacitymib": {"block_gib", 1024}, "osaccordingtotheconfigurationfile": {field: "os"}, "powerstate": {field: "power"},
	}},
	{"azure_migrate", []string{"servername", "cores", "memoryinmb", "osname"}, map[string]machineColumn{
		"servername": {field: "name"}, "cores": {field: "vcpu"}, "memoryinmb": {"memory_gib", 1024}, "osname": {field: "os"}, "cpuutilizationpercentage": {field: "cpu_p95"},
		"memoryutilizationpercentage": {field: "mem_p95"}, "storageinuseingb": {"block_gib", 1},
	}},
}

// folded is a column name without case, blanks and signs.
func folded(name string) string {
	return strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' {
			return c
		}
		return -1
	}, strings.ToLower(name))
}

// ReadLines makes lines of a table: one with the names of the profile's fields, an RVTools export (vInfo) or the import file of Azure Migrate. It
// answers CodeInvalid for any other table.
func ReadLines(header []string, rows []Row) (*Inventory, error) {
	names := make([]string, len(header))
	for i, name := range header {
		names[i] = folded(name)
	}
	for _, e := range exports {
		if !slices.ContainsFunc(e.known, func(name string) bool { return !slices.Contains(names, name) }) {
			return readMachines(e.kind, e.columns, header, names, rows), nil
		}
	}
	fields := map[string]*Rule{}
	for name, r := range ruleAt {
		if field, ok := strings.CutPrefix(name, "workloads[]."); ok {
			fields[folded(field)] = r
		}
	}
	if !slices.Contains(names, "name") {
		return nil, finops.Errorf(finops.CodeInvalid, "The table has no column name. Use the names of the workload fields, an RVTools export (vInfo) or the import file of Azure Migrate.")
	}
	inv := &Inventory{Kind: "lines"}
	for i, name := range names {
		if fields[name] == nil {
			inv.Unused = append(inv.Unused, header[i])
		}
	}
	for _, row := range rows {
		line := DraftLine{}
		for i, cell := range row.Cells {
			r := fields[names[i]]
			if cell = strings.TrimSpace(cell); r == nil || cell == "" {
				continue
			}
			field := strings.TrimPrefix(r.Path, "workloads[].")
			value, why := cellValue(r, cell)
			if why != "" {
				inv.wrong(row, field, cell, why)
				continue
			}
			line[field] = value
		}
		if len(line) > 0 {
			inv.Lines = append(inv.Lines, line)
		}
	}
	return inv, nil
}

func (inv *Inventory) wrong(row Row, field, cell, why string) {
	raw, _ := json.Marshal(cell) // a text can be written
	path := fmt.Sprintf("row %d, %s", row.Number, field)
	inv.Wrong = append(inv.Wrong, FieldError{Path: path, Rule: "type", Value: raw, Message: fmt.Sprintf("%s %s, not %q", path, why, cell)})
}

// cellValue reads a cell as the JSON value of a field; why says what is wrong.
func cellValue(r *Rule, cell string) (value any, why string) {
	switch r.Kind {
	case Whole, Number:
		a, err := finops.ParseAmount([]byte(cell))
		if err != nil {
			return nil, "must be a number"
		}
		return json.Number(a.Trim().String()), ""
	case Bool:
		switch strings.ToLower(cell) {
		case "true", "yes", "1":
			return true, ""
		case "false", "no", "0":
			return false, ""
		}
		return nil, "must be true or false"
	case Texts:
		var list []string
		for one := range strings.SplitSeq(cell, ";") {
			if one = strings.TrimSpace(one); one != "" {
				list = append(list, one)
			}
		}
		return list, ""
	case Levels:
		levels := map[string]string{}
		for one := range strings.SplitSeq(cell, ";") {
			key, level, ok := strings.Cut(one, ":")
			if !ok {
				return nil, "must be written as key:level;key:level"
			}
			levels[strings.TrimSpace(key)] = strings.TrimSpace(level)
		}
		return levels, ""
	}
	return cell, ""
}

// readMachines makes a line of each machine of an export that is switched on.
func readMachines(kind string, columns map[string]machineColumn, header, names []string, rows []Row) *Inventory {
	inv := &Inventory{Kind: kind}
	for i, name := range names {
		if _, ok := columns[name]; !ok && !diskSize(name) {
			inv.Unused = append(inv.Unused, header[i])
		}
	}
	for _, row := range rows {
		line, off := DraftLine{}, false
		disks := new(big.Rat)
		for i, cell := range row.Cells {
			c, known := columns[names[i]]
			if cell = strings.TrimSpace(cell); cell == "" || !known && !diskSize(names[i]) {
				continue
			}
			switch c.field {
			case "power":
				off = !strings.EqualFold(cell, "poweredOn")
			case "os":
				line["os"] = systemOf(cell)
			case "name":
				line["name"] = cell
			default:
				a, err := finops.ParseAmount([]byte(cell))
				if err != nil {
					inv.wrong(row, header[i], cell, "must be a number")
					continue
				}
				if !known {
					disks = add(disks, rat(a))
					continue
				}
				line[c.field] = sizeIn(a, c.perGiB)
			}
		}
		if _, sized := line["block_gib"]; !sized && disks.Sign() > 0 {
			line["block_gib"] = json.Number(finops.RoundHalfEven(disks, 2))
		}
		if name, ok := line["name"].(string); ok && off {
			inv.Off = append(inv.Off, name)
		} else if ok {
			line["type"] = "other"
			inv.Lines = append(inv.Lines, line)
		}
	}
	return inv
}

// diskSize reports whether a column is the size of one of the disks of Azure Migrate's file.
func diskSize(name string) bool {
	return strings.HasPrefix(name, "disk") && strings.HasSuffix(name, "sizeingb")
}

func sizeIn(a finops.Amount, perGiB int64) json.Number {
	if perGiB == 0 {
		return json.Number(a.Trim().String())
	}
	return json.Number(finops.RoundHalfEven(quo(rat(a), whole(int(perGiB))), 2))
}

// systemOf finds the operating system in the name that an inventory has.
func systemOf(name string) string {
	lower := strings.ToLower(name)
	switch {
	case strings.Contains(lower, "windows"):
		return "windows"
	case strings.Contains(lower, "red hat"), strings.Contains(lower, "rhel"):
		return "rhel"
	case strings.Contains(lower, "suse"), strings.Contains(lower, "sles"):
		return "sles"
	}
	return "linux"
}
