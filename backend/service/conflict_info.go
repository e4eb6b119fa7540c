package service

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/analysis/reconcile"
	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/platform/notify"
	"cloud-intelligence/backend/source/mappedfile"
	"cloud-intelligence/backend/store"
)

// Conflict holds what is stored now and what the person meant to store; null = it was deleted.
type Conflict struct {
	Have *ConflictSide `json:"have"`
	Want *ConflictSide `json:"want"`
}

// ConflictSide is one of two values in words, with who changed it when.
type ConflictSide struct {
	Text      string `json:"text"`
	Version   int64  `json:"version"`
	ChangedAt string `json:"changedAt"`
	ChangedBy string `json:"changedBy"`
}

// ConflictOf returns both values of a conflict that carries them, for the faces to show; nil for any other error.
func ConflictOf(err error) *Conflict {
	conflict, ok := errors.AsType[*finops.ConflictError](err)
	if !ok {
		return nil
	}
	have, shown := conflictSide(conflict.Have)
	want, both := conflictSide(conflict.Want)
	if !shown || !both {
		return nil
	}
	return &Conflict{have, want}
}

// conflictSide says whether it knows the value.
func conflictSide(value any) (side *ConflictSide, ok bool) {
	of := func(text string, version int64, at time.Time, by string) (*ConflictSide, bool) {
		return &ConflictSide{strings.TrimRight(text, "\n"), version, wire.Instant(at), by}, true
	}
	switch v := value.(type) {
	case nil:
		return nil, true
	case Scope:
		return of(v.Text, v.Version, v.ChangedAt, v.ChangedBy)
	case Connection:
		return of(v.Text, v.Version, v.ChangedAt, v.ChangedBy)
	case SavedMapping:
		return of(mappingText(v.Mapping), v.Version, v.ChangedAt, v.ChangedBy)
	case Dimension:
		return of(dimensionText(v.Dimension), v.Version, v.ChangedAt, v.ChangedBy)
	case AnomalyMark:
		return of(markText(v), v.Version, v.ChangedAt, v.ChangedBy)
	case MuteRule:
		return of(muteText(v), v.Version, v.ChangedAt, v.ChangedBy)
	case AnomalySensitivity:
		return of("Sensitivity: "+cmp.Or(v.Level, "as all usage"), v.Version, v.ChangedAt, v.ChangedBy)
	case PlannedChange:
		return of(plannedText(v), v.Version, v.ChangedAt, v.ChangedBy)
	case TrackedFinding:
		return of(progressText(v.Progress), v.Version, v.ChangedAt, v.ChangedBy)
	case RuleChanges:
		return of(ruleChangesText(v.Settings), v.Version, v.ChangedAt, v.ChangedBy)
	case RulePack:
		return of(rulePackText(v), v.Version, v.ChangedAt, v.ChangedBy)
	case Document:
		return of(documentText(v), v.Version, v.ChangedAt, v.ChangedBy)
	case Budget:
		return of(v.Words(), v.Version, v.ChangedAt, v.ChangedBy)
	case Assessment:
		return of(assessmentText(&v), v.Version, v.ChangedAt, v.ChangedBy)
	case TaskDecision:
		return of(taskWords(&v), v.Version, v.ChangedAt, v.ChangedBy)
	case AlertRule:
		return of(alertRuleText(v), v.Version, v.ChangedAt, v.ChangedBy)
	case AlertChannel:
		return of(hoursText(v.Hours), v.Version, v.row.ChangedAt, v.row.ChangedBy)
	case NetworkSettings:
		return of(networkText(v), v.Version, v.ChangedAt, v.ChangedBy)
	case Setting:
		return of(v.Value, v.Version, v.ChangedAt, v.ChangedBy)
	case reconcile.Figure:
		return of(figureText(&v), v.Version, v.EnteredAt, v.User)
	}
	return nil, false
}

// networkText says how the network is reached.
func networkText(s NetworkSettings) string {
	offline, opening := "off", "no"
	if s.Offline {
		offline = "on"
	}
	if s.AtOpening {
		opening = "yes"
	}
	return fmt.Sprintf("Offline: %s\nProxy: %s\nCertificates: %s\nSync when the workspace is opened: %s",
		offline, cmp.Or(s.Proxy, "as the environment says"), cmp.Or(s.CAFile, "those of the system"), opening)
}

// ruleChangesText says what was changed about a rule, a line for each change.
func ruleChangesText(settings []store.RuleSetting) string {
	lines := []string{"On"}
	for _, s := range settings {
		if s.Parameter == "" {
			lines[0] = "Off"
		} else {
			lines = append(lines, s.Parameter+" = "+s.Value)
		}
	}
	if len(lines) == 1 {
		lines = append(lines, "All numbers are the defaults.")
	}
	return strings.Join(lines, "\n")
}

// rulePackText lists the rules of a pack with their numbers.
func rulePackText(p RulePack) string {
	var lines []string
	for _, id := range slices.Sorted(maps.Keys(p.Rules)) {
		line := fmt.Sprintf("%s, %d characters", id, len([]rune(p.Rules[id])))
		if r, err := savings.Decode([]byte(p.Rules[id])); err == nil {
			line = fmt.Sprintf("%s, version %d: %s", id, r.Version, r.Title)
			for _, parameter := range r.Parameters {
				line += fmt.Sprintf("; %s %s", parameter.Name, parameter.Default)
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// mappingText says what a mapping reads, a line for each column.
func mappingText(m mappedfile.Mapping) string {
	var b strings.Builder
	for _, focus := range slices.Sorted(maps.Keys(m.Columns)) {
		from := m.Columns[focus].Column
		if from == "" {
			from = fmt.Sprintf("always %q", m.Columns[focus].Text)
		}
		fmt.Fprintf(&b, "%s ← %s\n", focus, from)
	}
	for _, key := range slices.Sorted(maps.Keys(m.Tags)) {
		fmt.Fprintf(&b, "Tag %s ← %s\n", key, m.Tags[key])
	}
	decimal := ""
	if m.Decimal != "" {
		decimal = "decimal " + string(m.Decimal)
	}
	fmt.Fprintf(&b, "Dates: %s. Numbers: %s. Sign: %s. Effective cost: %s.", cmp.Or(string(m.Dates), "only if unambiguous"), cmp.Or(decimal, "only if unambiguous"),
		cmp.Or(string(m.Sign), "as written"), cmp.Or(string(m.EffectiveCost), "billed cost where no column is chosen"))
	return b.String()
}

// dimensionText says what a dimension does, a line for each rule.
func dimensionText(d rules.Dimension) string {
	var b strings.Builder
	if d.Description != "" {
		fmt.Fprintf(&b, "%s\n", d.Description)
	}
	for i := range d.Rules {
		where := filter.Print(d.Rules[i].Where)
		if where == "" {
			where = "every charge"
		}
		fmt.Fprintf(&b, "%d. %s → %s\n", i+1, where, d.Rules[i].Gives())
	}
	left := "no value"
	if d.Default != nil {
		left = *d.Default
	}
	fmt.Fprintf(&b, "All others → %s", left)
	return b.String()
}

// markText says what a person said of an anomaly.
func markText(m AnomalyMark) string {
	text := "State: " + string(m.State)
	if m.Note != "" {
		text += "\nNote: " + m.Note
	}
	return text
}

// plannedWords names the kinds of planned changes.
var plannedWords = map[PlannedKind]string{PlannedLaunch: "Launch", PlannedShutdown: "Shut-down", PlannedPrice: "Price change", PlannedSaving: "Saving", PlannedRenewal: "Renewal"}

// plannedText says what a planned change is, a line for each field.
func plannedText(p PlannedChange) string {
	info := p.Info()
	var b strings.Builder
	b.WriteString(plannedWords[p.Kind])
	for _, field := range [][2]string{
		{"Scope", info.Scope}, {"Where", info.Where}, {"First day", dayWords(info.From)}, {"Last day", dayWords(info.To)}, {"A month", strings.TrimSpace(finops.Grouped(info.Monthly) + " " + info.Currency)}, {"Percent", info.Percent},
		{"Commitment", info.Commitment}, {"Note", info.Note},
	} {
		if field[1] != "" {
			b.WriteString("\n" + field[0] + ": " + field[1])
		}
	}
	return b.String()
}

// muteText says what a rule mutes, a line for each part.
func muteText(r MuteRule) string {
	var lines []string
	if r.Kind != "" {
		lines = append(lines, "Kind: "+string(r.Kind))
	}
	for _, level := range anomaly.Levels {
		if value, ok := r.Keys[level]; ok {
			lines = append(lines, level+": "+cmp.Or(value, "none"))
		}
	}
	if r.Note != "" {
		lines = append(lines, r.Note)
	}
	return strings.Join(lines, "\n")
}

// progressText says what was decided, a line for each part.
func progressText(p Progress) string {
	var b strings.Builder
	for _, part := range [][2]string{{"State", string(p.State)}, {"Reason", p.Reason}, {"Until", dayWords(p.Until)}, {"Owner", p.Owner}, {"Due", dayWords(p.Due)}, {"Done on", dayWords(p.DoneOn)}, {"Note", p.Note}} {
		if part[1] != "" {
			fmt.Fprintf(&b, "%s: %s\n", part[0], part[1])
		}
	}
	return b.String()
}

// documentText says what a person can change of a document.
func documentText(d Document) string {
	return "Accounts: " + strings.Join(d.Accounts, ", ") + "\nDay: " + d.Day.Words()
}

// taskWords says in words what was decided about a phase of a plan.
func taskWords(d *TaskDecision) string {
	state := "open"
	if d.Edit.Done {
		state = "done"
	}
	text := fmt.Sprintf("Title: %s\nMoved: %s\nState: %s", cmp.Or(d.Edit.Title, d.Phase), daysText(d.Edit.Moved), state)
	if d.Edit.Note != "" {
		text += "\nNote: " + d.Edit.Note
	}
	return text
}

// workloadsMost is how many workloads of an assessment are listed.
const workloadsMost = 200

// assessmentText says in words what an assessment has, a line for each field and each workload.
func assessmentText(a *Assessment) string {
	var p struct {
		Organization map[string]any   `json:"organization"`
		Workloads    []map[string]any `json:"workloads"`
		Requirements map[string]any   `json:"requirements"`
	}
	_ = json.Unmarshal(a.Profile, &p) // what cannot be read is not said
	text := fmt.Sprintf("%d workloads", len(p.Workloads))
	if len(p.Workloads) == 1 {
		text = "1 workload"
	}
	lines := []string{text}
	for i, w := range p.Workloads {
		if i == workloadsMost {
			lines = append(lines, fmt.Sprintf("and %d more", len(p.Workloads)-i))
			break
		}
		name, _ := w["name"].(string)
		delete(w, "name")
		lines = append(lines, name+": "+strings.Join(fieldsText(w), ", "))
	}
	return strings.Join(slices.Concat(lines, fieldsText(p.Organization), fieldsText(p.Requirements)), "\n")
}

// fieldWords spells the names of fields of a profile.
var fieldWords = strings.NewReplacer("_", " ", "gib", "GiB", "vcpu", "vCPU", "usd", "USD")

// fieldsText says what fields of a profile have, without those that are empty.
func fieldsText(fields map[string]any) []string {
	var texts []string
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if value := valueText(fields[name]); value != "" {
			texts = append(texts, fieldWords.Replace(name)+" "+value)
		}
	}
	return texts
}

// valueText says a value of JSON: the elements of a list, and the fields of what has some.
func valueText(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case string:
		return dayWords(v)
	case []any:
		texts := make([]string, len(v))
		for i := range v {
			texts[i] = valueText(v[i])
		}
		return strings.Join(texts, "; ")
	case map[string]any:
		return strings.Join(fieldsText(v), ", ")
	}
	return fmt.Sprint(value)
}

// dayWords spells a day or a month in words; any other text stays as it is.
func dayWords(text string) string {
	if d, err := finops.ParseDay(text); err == nil {
		return d.Words()
	}
	if m, err := finops.ParseMonth(text); err == nil {
		return m.Words()
	}
	return text
}

// daysText says a number of days.
func daysText(days int) string {
	if days == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", days)
}

// alertRuleText puts a rule in words.
func alertRuleText(r AlertRule) string {
	var text string
	switch r.Kind {
	case RuleAnomaly:
		text = fmt.Sprintf("An anomaly with an impact of at least %s %s", finops.Grouped(r.Amount.String()), r.Currency)
	case RuleLate:
		text = "Newest data more than " + daysText(r.Days) + " old"
	case RuleExpiring:
		text = "A commitment, " + daysText(r.Days) + " before its end"
	case RuleRegressed:
		text = "A saving that was made and is lost again"
	}
	if r.Scope != "" {
		text += "\nScope: " + r.Scope
	}
	if r.Off {
		text += "\nOff"
	}
	return text
}

// hoursText says when a channel sends.
func hoursText(h notify.Hours) string {
	text := "Each alert as it is raised"
	if h.Digest != "" {
		text = "Daily digest at " + h.Digest
	}
	if h.QuietFrom != "" {
		text += fmt.Sprintf("\nQuiet from %s to %s", h.QuietFrom, h.QuietTo)
	}
	return text
}

// figureText says what an invoice amount is, a line for each part.
func figureText(f *reconcile.Figure) string {
	lines := []string{fmt.Sprintf("Total %s %s", finops.Grouped(f.Total.String()), f.Currency)}
	for _, part := range []struct {
		name   string
		amount *finops.Amount
	}{{"Tax", f.Parts.Tax}, {"Credits", f.Parts.Credits}, {"Marketplace", f.Parts.Marketplace}, {"Other", f.Parts.Other}} {
		if part.amount != nil {
			lines = append(lines, part.name+" "+finops.Grouped(part.amount.String()))
		}
	}
	if f.Invoice != "" {
		lines = append(lines, "Invoice "+f.Invoice)
	}
	if f.Note != "" {
		lines = append(lines, "Note: "+f.Note)
	}
	return strings.Join(lines, "\n")
}
