package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"cloud-intelligence/backend/finops"
)

// Most is how long a document may be, in bytes. An inventory of a hundred thousand machines is shorter.
const Most = 64 << 20

// entriesMost is how many entries a document may have.
const entriesMost = 2_000_000

// errUnknown is the answer of a reader that does not know a file; another may.
var errUnknown = errors.New("not of this kind")

// Read finds out what a file is and reads it. name is that of the file: some outputs do not say what they are about, and their name
// does. It answers CodeUnsupported for a file that is none of the kinds, and CodeInvalid for one that is broken; both name the file.
func Read(name string, data []byte) (*Document, error) {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if len(data) > Most {
		return nil, finops.Errorf(finops.CodeInvalid, "%s is larger than a client document may be (%d MB). Export fewer resources or a shorter time to each file.", name, Most>>20)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(data) {
		return nil, finops.Errorf(finops.CodeUnsupported, "%s is not text in UTF-8. Save the output of the script as it is.", name)
	}
	d := &Document{Name: name, Whole: true}
	err := d.read(data)
	switch {
	case errors.Is(err, errUnknown):
		return nil, finops.Errorf(finops.CodeUnsupported, "%s is not a client document that this program reads. What it reads is listed with the scripts that make it.", name)
	case err != nil:
		return nil, finops.WrapError(finops.CodeInvalid, err, "%s cannot be read: %s", name, brokenText(err))
	}
	d.finish()
	return d, nil
}

// brokenText says what is wrong with a file.
func brokenText(err error) string {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return "it ends in the middle. Make it again."
	case errors.As(err, &syntax):
		return "it is not valid JSON. Make it again."
	case errors.As(err, &kind):
		return "the field " + kind.Field + " has an unexpected value."
	}
	return finops.MessageOf(err)
}

func (d *Document) read(data []byte) error {
	text := bytes.TrimSpace(data)
	switch {
	case len(text) == 0:
		return finops.Errorf(finops.CodeInvalid, "it is empty.")
	case text[0] == '{' || text[0] == '[':
		return d.readJSON(text)
	}
	return d.readCSV(data)
}

// readJSON reads one value, or lines of objects.
func (d *Document) readJSON(text []byte) error {
	first, rest, err := firstValue(text)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return d.readLines(text)
	}
	if first[0] == '[' {
		var items []json.RawMessage
		if err := json.Unmarshal(first, &items); err != nil {
			return err
		}
		return d.readItems(items)
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(first, &fields); err != nil {
		return err
	}
	return d.readObject(first, fields)
}

// firstValue divides what is behind the first JSON value from it.
func firstValue(text []byte) (first json.RawMessage, rest []byte, err error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&first); err != nil {
		return nil, nil, err
	}
	return first, bytes.TrimSpace(text[decoder.InputOffset():]), nil
}

// reader reads an object that has a field.
type reader struct {
	field string // in lower case
	read  func(d *Document, text []byte) error
}

// readers are tried in order. (A function, since the readers refer to it.)
func readers() []reader {
	return []reader{
		{"reservations", (*Document).awsInstances}, {"volumes", (*Document).awsVolumes}, {"snapshots", (*Document).awsSnapshots},
		{"images", (*Document).awsImages}, {"addresses", (*Document).awsAddresses}, {"loadbalancers", (*Document).awsBalancers},
		{"loadbalancerdescriptions", (*Document).awsClassicBalancers}, {"targetgroups", (*Document).awsTargetGroups},
		{"targethealthdescriptions", (*Document).awsTargetHealth}, {"dbinstances", (*Document).awsDatabases},
		{"metricdataresults", (*Document).awsMetrics}, {"metricdataqueries", (*Document).awsQueries},
		{"instancerecommendations", (*Document).computeOptimizer}, {"items", (*Document).costOptimizationHub}, {"items", (*Document).azureRetail}, {"result", (*Document).trustedAdvisor},
		{"data", (*Document).azureGraph}, {"timespan", (*Document).azureMetrics}, {"timeseries", (*Document).googleMetrics}, {"value", (*Document).azureAdvisorPage},
		{"asset_type", (*Document).googleAsset}, {"assettype", (*Document).googleAsset}, {"savingsplanspurchaserecommendation", (*Document).awsPurchase}, {"recommendations", (*Document).awsPurchase},
		{"recommendations", (*Document).googleRecommendations}, {"skus", (*Document).googleCatalogue},
		{"products", (*Document).awsOffer}, {"pricelist", (*Document).awsProducts},
	}
}

func (d *Document) readObject(text []byte, fields map[string]json.RawMessage) error {
	lower := map[string]json.RawMessage{}
	for name, value := range fields {
		lower[strings.ToLower(name)] = value
	}
	for _, r := range readers() {
		if _, ok := lower[r.field]; !ok {
			continue
		}
		if err := r.read(d, text); !errors.Is(err, errUnknown) {
			d.cut(lower)
			d.named(lower)
			return err
		}
	}
	return errUnknown
}

// cut notes that a page is not the last one.
func (d *Document) cut(fields map[string]json.RawMessage) {
	for _, name := range []string{"nexttoken", "nextmarker", "skip_token", "skiptoken", "nextlink", "nextpagetoken"} {
		value := string(fields[name])
		if value != "" && value != "null" && value != `""` {
			d.Whole = false
		}
	}
}

// named notes the account that a file of AWS names beside its list, as a sync writes it: the answers of AWS mostly name none.
func (d *Document) named(fields map[string]json.RawMessage) {
	var account string
	if json.Unmarshal(fields["accountid"], &account) == nil && account != "" && d.Provider == aws {
		d.Accounts = append(d.Accounts, account)
	}
}

// readItems reads a list, whose first element says what it is.
func (d *Document) readItems(items []json.RawMessage) error {
	if len(items) > entriesMost {
		return finops.Errorf(finops.CodeInvalid, "it has more than %d entries.", entriesMost)
	}
	if len(items) == 0 {
		return finops.Errorf(finops.CodeInvalid, "it is an empty list, which does not say what it is a list of.")
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(items[0], &fields); err != nil {
		return errUnknown
	}
	has := func(name string) bool {
		for field := range fields {
			if strings.EqualFold(field, name) {
				return true
			}
		}
		return false
	}
	whole := append(append([]byte(`[`), bytes.Join(rawBytes(items), []byte(","))...), ']')
	switch {
	case has("MetricStat") || has("Expression"):
		return d.queryList(whole)
	case has("TargetHealthDescriptions") && has("TargetGroupArn"):
		return d.awsHealthList(whole)
	case has("SavingsPlansPurchaseRecommendation") || has("Recommendations"):
		return d.awsPurchases(items)
	case has("kind") && has("sku") && has("properties"), has("properties") && strings.Contains(strings.ToLower(string(items[0])), "/reservationrecommendations"):
		return d.azureReservations(whole)
	case has("primaryImpact") || has("recommenderSubtype"):
		return d.googleRecommendationList(whole)
	case has("extendedProperties") || has("impactedField"):
		return d.azureAdvisorList(whole)
	case has("asset_type") || has("assetType"):
		return d.googleAssetList(items)
	case has("metric") && has("points"):
		return d.googleSeriesList(whole)
	case has("properties") && has("type") || has("vmSize") || has("powerState"):
		return d.azureResources(whole)
	case has("timeseries") && has("name"):
		return d.azureMetricList(whole, "")
	}
	return errUnknown
}

func rawBytes(items []json.RawMessage) [][]byte {
	list := make([][]byte, len(items))
	for i, item := range items {
		list[i] = item
	}
	return list
}

// readLines reads objects one by one. A last line that is cut off is left out: the others count, and nothing is concluded from what
// is not there.
func (d *Document) readLines(text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	var items []json.RawMessage
	for {
		var item json.RawMessage
		err := decoder.Decode(&item)
		if errors.Is(err, io.EOF) {
			break
		}
		if errors.Is(err, io.ErrUnexpectedEOF) && len(items) > 0 {
			d.Whole = false
			break
		}
		if err != nil {
			return err
		}
		if len(items) >= entriesMost {
			return finops.Errorf(finops.CodeInvalid, "it has more than %d entries.", entriesMost)
		}
		items = append(items, item)
	}
	return d.readItems(items)
}

// finish puts together what the entries say of the document.
func (d *Document) finish() {
	accounts, regions := map[string]bool{}, map[string]bool{}
	for _, a := range d.Accounts {
		accounts[a] = true
	}
	for _, r := range d.Regions {
		regions[r] = true
	}
	for _, t := range d.Things {
		accounts[t.Account], regions[t.Region] = true, true
		t.State = strings.ToLower(t.State)
	}
	d.Accounts, d.Regions = sortedKeys(accounts), sortedKeys(regions)
	for _, s := range d.Series {
		slices.SortFunc(s.Points, func(a, b Point) int { return int(min(max(a.Start-b.Start, -1), 1)) })
		if n := len(s.Points); n > 0 {
			d.on(finops.DayOfUnix(s.Points[n-1].Start))
		}
	}
}

// on takes over a day that the document names, if it is the latest.
func (d *Document) on(day finops.Day) {
	if !d.Dated || day > d.Day {
		d.Day, d.Dated = day, true
	}
}

// onTime is on for a time as JSON has it.
func (d *Document) onTime(text string) {
	if day := dayOf(text); day != 0 {
		d.on(day)
	}
}

func sortedKeys(set map[string]bool) []string {
	delete(set, "")
	list := []string{}
	for key := range set {
		list = append(list, key)
	}
	slices.Sort(list)
	return list
}

// unixOf reads a time as the providers write it; 0 = it is none.
func unixOf(text string) int64 {
	text = strings.TrimSpace(text)
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05 MST", "2006-01-02 15:04:05", time.DateOnly, "01/02/2006", "1/2/2006"} {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 1990 && t.Year() < 2200 {
			return t.Unix()
		}
	}
	return 0
}

func dayOf(text string) finops.Day {
	if at := unixOf(text); at != 0 {
		return finops.DayOfUnix(at)
	}
	return 0
}

// measured reads a measurement. Digits beyond what an amount holds are no measurement.
func measured(text string) (finops.Amount, bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return finops.Amount{}, false
	}
	a, err := finops.ParseAmount([]byte(text))
	return a, err == nil
}

// money reads an amount; nil = there is none.
func money(text string) *finops.Amount {
	if a, ok := measured(text); ok {
		return &a
	}
	return nil
}
