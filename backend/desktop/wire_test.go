package desktop

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/source"
)

// TestWire_NoListIsEverNull converts values whose lists are all nil.
func TestWire_NoListIsEverNull(t *testing.T) {
	for name, dto := range map[string]any{
		"plan":     importPlan("plan-1", &service.Plan{}),
		"planFull": importPlan("plan-1", &service.Plan{Files: []service.PlannedFile{{FirstRows: [][]*string{nil}}}, Skipped: []source.Skipped{{}}}),
		"outcome":  importOutcome(&ingest.Result{}),
		"import":   importInfo(service.ImportInfo{}),
		"verify":   verifyReport(&service.VerifyReport{}),
		"state":    ledgerState(&engine.State{Providers: []engine.ProviderState{{}}}, nil, nil),
		"page":     linesPage(&engine.LinesPage{Totals: []finops.Row{{}}, Rows: [][]*string{nil}}),
		"row":      answerRow(finops.Row{}),
	} {
		t.Run(name, func(t *testing.T) {
			text, err := json.Marshal(dto)
			require.NoError(t, err)
			assert.NotContains(t, string(text), "null")
		})
	}
}

// TestWire_NoResultIsEverNull calls every method on an empty and on a filled workspace and
// with none, as the page would, and looks at what crosses.
func TestWire_NoResultIsEverNull(t *testing.T) {
	for name, h := range map[string]*house{"None": openDesktop(t), "Filled": filled(t)} {
		t.Run(name, func(t *testing.T) {
			for _, call := range []func() (any, error){
				func() (any, error) { return h.workspaces.Recent() },
				func() (any, error) { return h.imports.List() },
				func() (any, error) {
					started, err := h.imports.Preview([]string{t.TempDir()})
					if err != nil {
						return started, err
					}
					return h.imports.Previewed(started.ID)
				},
				func() (any, error) { return h.imports.ChooseFiles() },
				func() (any, error) { return h.imports.ChooseFolder() },
				func() (any, error) { return h.imports.Rejects(1, 0, 5) },
				func() (any, error) { return h.imports.Verify() },
				func() (any, error) { return h.jobList.List() },
				func() (any, error) { return h.ledger.State() },
				func() (any, error) { return h.ledger.AccountNames() },
				func() (any, error) { return h.ledger.Ask(Question{Metrics: []string{"BilledCost"}}) },
				func() (any, error) { return h.ledger.Lines(LinesQuestion{Columns: []string{"BilledCost"}}) },
				func() (any, error) { return h.app.Info() },
			} {
				result, err := call()
				text, marshalled := json.Marshal(result)
				require.NoError(t, marshalled)
				if err == nil {
					text := strings.NewReplacer(`"secondsLeft":null`, "", `"error":null`, "", `"result":null`, "", `"prompt":null`, "", `"outcome":null`, "", `"amounts":["-12.2","-12.2",null,"-12.2"]`, "").Replace(string(text))
					assert.NotContains(t, text, "null")
				}
			}
		})
	}
}

func TestJobInfo_IsFinite(t *testing.T) {
	d := New(t.Context(), Options{})
	left := 1e5
	for _, j := range []job.Job{{}, {LinesPerSecond: math.MaxInt32, SecondsLeft: &left}, {Kind: service.KindExport, Err: errBoom}} {
		_, err := json.Marshal(d.jobInfo(j))
		require.NoError(t, err)
	}
	assert.Equal(t, int64(100_000), *d.jobInfo(job.Job{SecondsLeft: &left}).SecondsLeft)
}

func TestFormatError(t *testing.T) {
	h := openDesktop(t)
	for name, c := range map[string]struct {
		err  error
		want Failure
	}{
		"Typed":     {fmt.Errorf("open workspace: %w", finops.Errorf(finops.CodeNotFound, "There is none.")), Failure{Code: "not_found", Message: "There is none."}},
		"Cancelled": {fmt.Errorf("ask: %w", context.Canceled), Failure{Code: "cancelled", Message: "It was cancelled."}},
		"Reported":  {fmt.Errorf("verify: %w", &shownError{Failure{Code: "internal", Message: "x", Ref: "REF"}}), Failure{Code: "internal", Message: "x", Ref: "REF"}},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, c.want, h.FormatError(c.err)) })
	}
	assert.Empty(t, h.log.String(), "what a person can act on is not logged")

	f, ok := h.FormatError(errors.New("secret of the machine room")).(Failure)
	require.True(t, ok)
	assert.EqualValues(t, "internal", f.Code)
	assert.Equal(t, finops.MessageOf(errBoom), f.Message)
	assert.NotEmpty(t, f.Ref)
	assert.Contains(t, h.log.String(), f.Ref)
	assert.Contains(t, h.log.String(), "machine room")
	text, err := json.Marshal(f)
	require.NoError(t, err)
	assert.JSONEq(t, `{"code":"internal","message":"`+f.Message+`","ref":"`+f.Ref+`","conflict":null}`, string(text))
}

func TestJobFailure_HasOneReference(t *testing.T) {
	d := New(t.Context(), Options{})
	j := job.Job{ID: "job-1", Here: true, Err: errBoom}
	assert.Equal(t, d.jobInfo(j).Error.Ref, d.jobInfo(j).Error.Ref)
	assert.NotEmpty(t, d.jobInfo(j).Error.Ref)
}

func TestCaught(t *testing.T) {
	call := func() (err error) {
		defer caught(&err)
		panic("boom")
	}
	err := call()
	require.ErrorContains(t, err, "panic: boom")
	assert.Equal(t, "internal", code(err))
}
