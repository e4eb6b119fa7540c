package desktop

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/connector/awsexport"
	"cloud-intelligence/backend/connector/folder"
	"cloud-intelligence/backend/housetest"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/focusfile"
)

// recordedDir holds the answers that the page's tests run on, a file for each workspace.
const recordedDir = "../../frontend/src/test/recorded"

// recordedHome stands in recorded calls for the folder of the test.
const recordedHome = "/home/nora"

// recordedCall is a call of the page.
type recordedCall struct {
	Call string            `json:"call"` // "Ledger.Ask"
	Args []json.RawMessage `json:"args"`
}

func (c recordedCall) key() string { return fmt.Sprintf("%s %s", c.Call, c.Args) }

// recordedAnswer is what the Go side answered to a call, made after the calls that changed
// the workspace.
type recordedAnswer struct {
	After []recordedCall `json:"after,omitempty"`
	recordedCall
	Answer  json.RawMessage `json:"answer,omitempty"`
	Failure *Failure        `json:"failure,omitempty"`
	Tells   []string        `json:"tells,omitempty"` // topics that it reported as changed
	// Jobs are the jobs that it began, or that went on because of it, once they have ended or wait.
	Jobs []json.RawMessage `json:"jobs,omitempty"`
}

// changes says that what is asked after it is recorded with it.
func (a recordedAnswer) changes() bool { return len(a.Tells) > 0 || len(a.Jobs) > 0 }

// recordedWorkspace is a workspace to which recorded calls are made.
type recordedWorkspace struct {
	imports      []string // folders of testdata/recorded/Downloads, one after the other
	documents    []string // files of testdata/recorded/Documents, documents of the client
	previewLines int64    // see service.Options
}

func (a recordedAnswer) state() string {
	var b strings.Builder
	for _, c := range a.After {
		b.WriteString(c.key() + "\n")
	}
	return b.String()
}

func compareRecorded(a, b recordedAnswer) int {
	if by := strings.Compare(a.state(), b.state()); by != 0 {
		return by
	}
	return strings.Compare(a.key(), b.key())
}

// TestRecorded_AnswersAreWhatGoSays makes every recorded call anew, on workspaces that are
// always the same, and compares. build/record adds the calls that the page's tests ask besides.
func TestRecorded_AnswersAreWhatGoSays(t *testing.T) {
	if testing.Short() {
		t.Skip("The short run has no answers of several hundred calls, made one after the other; it would take minutes with the race detector.")
	}
	all := recordedWorkspace{imports: []string{"1", "2", "3"}}
	for name, workspace := range map[string]recordedWorkspace{
		"empty": {}, "tables": {}, "bills": all, "overview": all, "invoices": all, "charges": {imports: []string{"1", "charges"}},
		"imports": {imports: []string{"1", "2"}}, "large": {imports: []string{"1", "2"}, previewLines: 1}, "activity": {imports: []string{"1"}},
		"commitments": {imports: []string{"commitments"}, documents: []string{"purchase-recommendations.json"}}, "savings": {imports: []string{"commitments"}}, "budgets": {imports: []string{"1", "2"}},
		"outlook": {imports: []string{"outlook"}}, "sources": {imports: []string{"1"}}, "migration": {imports: []string{"1"}},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(recordedDir, name+".json")
			calls := recordedCalls(t, path)
			var h *house
			var lines [][]byte
			for i, c := range calls {
				if i == 0 || calls[i-1].state() != c.state() || calls[i-1].changes() {
					h = recordedHouse(t, workspace)
					for _, before := range c.After {
						h.play(t, before)
						h.look() // what it changed is reported before the next call
					}
				}
				calls[i] = h.replay(t, c)
				line, err := json.Marshal(calls[i])
				require.NoError(t, err)
				lines = append(lines, h.withoutChance(line))
			}
			housetest.GoldenFile(t, path, slices.Concat([]byte("[\n"), bytes.Join(lines, []byte(",\n")), []byte("\n]\n")))
		})
	}
}

// TestRecorded_PortsAreThoseOfGo keeps the list of what the page's tests can call.
func TestRecorded_PortsAreThoseOfGo(t *testing.T) {
	ports := map[string][]string{}
	for _, b := range New(t.Context(), Options{}).Bindings() {
		port := reflect.TypeOf(b)
		for i := range port.NumMethod() {
			ports[port.Elem().Name()] = append(ports[port.Elem().Name()], port.Method(i).Name)
		}
	}
	text, err := json.MarshalIndent(ports, "", "  ")
	require.NoError(t, err)
	housetest.GoldenFile(t, filepath.Join(recordedDir, "ports.json"), append(text, '\n'))
}

// recordedHouse is a desktop with a workspace that holds the bills of some folders of testdata/recorded.
func recordedHouse(t *testing.T, workspace recordedWorkspace) *house {
	t.Helper()
	h := newDesktop(t, func(o *Options) {
		o.Now, o.Service.Now = fixedTime, fixedTime
		o.Service.Sources = source.Registry{focusfile.Source{}, azureexport.Source{}}
		o.Service.PreviewLines = workspace.previewLines
		o.Service.Connectors = []source.Connector{awsexport.Connector{}, folder.Connector{}}
	})
	home := filepath.Dir(h.opts.Library.Dir)
	h.Start(person{h.window, filepath.Join(home, "Documents")})
	_, err := h.workspaces.Create("Northwind")
	require.NoError(t, err)
	require.NoError(t, os.CopyFS(home, os.DirFS("testdata/recorded")))
	for _, folder := range workspace.imports {
		plan := h.preview(t, filepath.Join(home, "Downloads", folder))
		require.Empty(t, plan.Skipped)
		started, err := h.imports.Start(plan.ID, ImportOptions{Answers: []FileAnswer{}})
		end := h.ended(t, started, err)
		require.Equal(t, job.Done, end.State, "%v", end.Error)
		require.Empty(t, end.Result.Conflicts)
	}
	for _, name := range workspace.documents {
		added, err := (&Documents{h.Desktop}).Add([]string{filepath.Join(home, "Documents", name)})
		require.NoError(t, err)
		require.Empty(t, added[0].Problem)
	}
	h.look()
	return h
}

// recordedCalls reads the calls of a file, and those that the page's tests missed.
func recordedCalls(t *testing.T, path string) []recordedAnswer {
	t.Helper()
	var calls []recordedAnswer
	text, err := os.ReadFile(path)
	if !errors.Is(err, fs.ErrNotExist) {
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(text, &calls))
	}
	missed, err := os.ReadFile(strings.TrimSuffix(path, ".json") + ".missed")
	if !errors.Is(err, fs.ErrNotExist) {
		require.NoError(t, err)
	}
	for line := range bytes.Lines(missed) {
		var c recordedAnswer
		require.NoError(t, json.Unmarshal(line, &c))
		calls = append(calls, c)
	}
	slices.SortFunc(calls, compareRecorded)
	return slices.CompactFunc(calls, func(a, b recordedAnswer) bool { return compareRecorded(a, b) == 0 })
}

// replay makes a call and returns it with its answer.
func (h *house) replay(t *testing.T, c recordedAnswer) recordedAnswer {
	t.Helper()
	earlier := len(h.window.heard(eventChanged))
	before := h.jobInfos(t)
	c.Answer, c.Failure = h.play(t, c.recordedCall)
	h.look()
	reported := map[service.Topic]bool{}
	for _, text := range h.window.heard(eventChanged)[earlier:] {
		var change ChangeInfo
		require.NoError(t, json.Unmarshal([]byte(text), &change))
		reported[change.Topic] = true
	}
	c.Jobs = nil
	for _, info := range h.jobInfos(t) {
		if !slices.ContainsFunc(before, func(one json.RawMessage) bool { return bytes.Equal(one, info) }) {
			c.Jobs = append(c.Jobs, info)
		}
	}
	// A job that runs keeps its progress from time to time, which is no answer to this call.
	reported[service.TopicJobs] = len(c.Jobs) > 0 || c.Call == "Jobs.Clear"
	c.Tells = nil
	for _, topic := range service.Topics() {
		if reported[topic] {
			c.Tells = append(c.Tells, string(topic))
		}
	}
	return c
}

// jobInfos are the jobs of this run of the program as the page hears of them.
func (h *house) jobInfos(t *testing.T) (infos []json.RawMessage) {
	t.Helper()
	for _, j := range h.jobs.List() {
		info, err := json.Marshal(h.jobInfo(j))
		require.NoError(t, err)
		infos = append(infos, info)
	}
	return infos
}

// settle waits until no job runs: each has ended or waits for an answer.
func (h *house) settle(t *testing.T) {
	t.Helper()
	for _, j := range h.jobs.List() {
		require.Eventually(t, func() bool {
			at := slices.IndexFunc(h.jobs.List(), func(now job.Job) bool { return now.ID == j.ID })
			return at < 0 || h.jobs.List()[at].State != job.Running
		}, time.Minute, time.Millisecond)
	}
}

// play makes a call as Wails does.
func (h *house) play(t *testing.T, c recordedCall) (json.RawMessage, *Failure) {
	t.Helper()
	port, name, _ := strings.Cut(c.Call, ".")
	at := slices.IndexFunc(h.Bindings(), func(b any) bool { return reflect.TypeOf(b).Elem().Name() == port })
	require.GreaterOrEqual(t, at, 0, c.Call)
	method := reflect.ValueOf(h.Bindings()[at]).MethodByName(name)
	require.True(t, method.IsValid(), c.Call)
	require.Len(t, c.Args, method.Type().NumIn(), c.Call)
	in := make([]reflect.Value, len(c.Args))
	for i, arg := range c.Args {
		value := reflect.New(method.Type().In(i))
		decoder := json.NewDecoder(bytes.NewReader(bytes.ReplaceAll(arg, []byte(recordedHome), h.home())))
		decoder.DisallowUnknownFields()
		require.NoError(t, decoder.Decode(value.Interface()), c.Call)
		in[i] = value.Elem()
	}
	out := method.Call(in)
	if c.Call == "Jobs.Cancel" { // it does not wait
		_, err := h.jobs.Wait(t.Context(), in[0].String())
		require.NoError(t, err)
	}
	h.settle(t)
	if err, failed := out[len(out)-1].Interface().(error); failed {
		f, isFailure := h.FormatError(err).(Failure)
		require.True(t, isFailure, c.Call)
		require.Empty(t, f.Ref, "%s: %s", c.Call, h.log)
		return nil, &f
	}
	if len(out) == 1 {
		return nil, nil
	}
	answer, err := json.Marshal(out[0].Interface())
	require.NoError(t, err)
	return answer, nil
}

// home is the folder of the test as it stands in JSON.
func (h *house) home() []byte {
	text, _ := json.Marshal(filepath.Dir(h.opts.Library.Dir))
	return text[1 : len(text)-1]
}

// What differs from run to run and machine to machine.
var (
	chanceSizes = regexp.MustCompile(`"(sizeBytes|durationMs)":\d+`)
	chanceTimes = regexp.MustCompile(`"(openedAt|startedAt|endedAt)":"[^"]+"`)
	chancePaces = regexp.MustCompile(`"(linesPerSecond)":\d+,"secondsLeft":(\d+|null)`)
	chancePlace = regexp.MustCompile(`"platform":"[^"]*"`)
	chanceIDs   = regexp.MustCompile(`"(id|connection)":"[0-9a-f]{16}"`)
	// Connections have ids by chance; those of findings and anomalies follow from what they are.
	connectionCall = regexp.MustCompile(`"call":"Connections\.|"connection":"`)
	homePaths      = regexp.MustCompile(recordedHome + `[^"]*`)
)

// withoutChance replaces what differs from run to run.
func (h *house) withoutChance(line []byte) []byte {
	line = bytes.ReplaceAll(line, h.home(), []byte(recordedHome))
	line = homePaths.ReplaceAllFunc(line, func(path []byte) []byte { return bytes.ReplaceAll(path, []byte(`\\`), []byte("/")) })
	line = chanceSizes.ReplaceAll(line, []byte(`"$1":1048576`))
	line = chancePaces.ReplaceAll(line, []byte(`"$1":0,"secondsLeft":null`))
	line = chanceTimes.ReplaceAll(line, []byte(`"$1":"2026-11-22T09:00:00Z"`))
	if connectionCall.Match(line) {
		line = chanceIDs.ReplaceAll(line, []byte(`"$1":"0123456789abcdef"`))
	}
	return chancePlace.ReplaceAll(line, []byte(`"platform":"linux"`))
}

// person answers the dialogs of the system with what lies in the folder of the test.
type person struct {
	*fakeRuntime
	documents string
}

func (p person) OpenFilesDialog(Dialog) ([]string, error) {
	return []string{filepath.Join(p.documents, "invoices.csv")}, nil
}

func (p person) SaveFileDialog(d Dialog) (string, error) {
	return filepath.Join(p.documents, d.Name), nil
}
