package schedule_test

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/report/schedule"
)

func date(text string) time.Time {
	t, _ := time.Parse(time.DateOnly, text)
	return t
}

var plan = schedule.Plan{Title: "Move; part 1", Made: date("2026-11-22"), Tasks: []schedule.Task{
	{ID: 1, Name: "Pilot", Start: date("2027-01-04"), End: date("2027-01-25"), Critical: true},
	{ID: 2, Name: "Wave <1>\x01", Note: strings.Repeat("lines, größer\n", 9), Start: date("2027-01-25"), End: date("2027-02-15"), After: 1},
	{ID: 3, Name: "Wave 2", Start: date("2027-02-04"), End: date("2027-02-25"), After: 2, Overlaps: true},
}}

func TestWriteProject(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, plan.WriteProject(&b))
	var read struct {
		StartDate, FinishDate string
		Tasks                 []struct {
			Name, Start, Finish, Duration string
			PredecessorLink               []struct{ PredecessorUID, Type, LinkLag int }
		} `xml:"Tasks>Task"`
	}
	require.NoError(t, xml.Unmarshal(b.Bytes(), &read))
	assert.Equal(t, []string{"2027-01-04T08:00:00", "2027-02-24T17:00:00"}, []string{read.StartDate, read.FinishDate})
	require.Len(t, read.Tasks, 3)
	assert.Equal(t, "Wave <1>", read.Tasks[1].Name)
	assert.Equal(t, "PT168H0M0S", read.Tasks[0].Duration, "21 days of 8 hours")
	assert.Equal(t, "2027-01-24T17:00:00", read.Tasks[0].Finish)
	assert.Equal(t, 1, read.Tasks[1].PredecessorLink[0].Type)
	link := read.Tasks[2].PredecessorLink[0]
	assert.Equal(t, []int{2, 3, 10 * 480 * 10}, []int{link.PredecessorUID, link.Type, link.LinkLag}, "starts 10 days after the start of task 2")
}

func TestWriteCalendar(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, plan.WriteCalendar(&b))
	text := b.String()
	for line := range strings.SplitSeq(text, "\r\n") {
		assert.LessOrEqual(t, len(line), 75, line)
	}
	unfolded := strings.ReplaceAll(text, "\r\n ", "")
	assert.Contains(t, unfolded, `SUMMARY:Move\; part 1: Wave <1>`+"\r\n")
	assert.Contains(t, unfolded, "DTSTART;VALUE=DATE:20270104\r\nDTEND;VALUE=DATE:20270125\r\n")
	assert.Contains(t, unfolded, `DESCRIPTION:lines\, größer\nlines`)
	assert.Equal(t, 3, strings.Count(text, "BEGIN:VEVENT"))
	assert.NotContains(t, strings.ReplaceAll(text, "\r\n", ""), "\n")
}
