// Package schedule writes a plan for other programs: XML that Microsoft Project opens, and an iCalendar file. It knows tasks
// and days and nothing of what they are for.
package schedule

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// Task is a part of a plan. Days are dates; End is the day by which it is done.
type Task struct {
	ID         int // from 1
	Name, Note string
	Start, End time.Time
	After      int  // ID of the task that it waits for; 0 = none
	Overlaps   bool // it waits for the half of that task only
	Critical   bool
	Done       bool
}

// Plan is tasks in the order of their days.
type Plan struct {
	Title string
	Made  time.Time
	Tasks []Task
}

type project struct {
	XMLName       xml.Name `xml:"http://schemas.microsoft.com/project Project"`
	SaveVersion   int
	Name          string
	Title         string
	StartDate     string
	FinishDate    string
	CalendarUID   int
	ScheduleStart int `xml:"ScheduleFromStart"`
	MinutesPerDay int
	Calendars     []calendar `xml:"Calendars>Calendar"`
	Tasks         []task     `xml:"Tasks>Task"`
}

type calendar struct {
	UID            int
	Name           string
	IsBaseCalendar int
	WeekDays       []weekDay `xml:"WeekDays>WeekDay"`
}

type weekDay struct {
	DayType      int
	DayWorking   int
	WorkingTimes []workingTime `xml:"WorkingTimes>WorkingTime"`
}

type workingTime struct{ FromTime, ToTime string }

type task struct {
	UID, ID        int
	Name           string
	Start, Finish  string
	Duration       string
	DurationFormat int
	Manual         int
	Critical       int
	PercentDone    int `xml:"PercentComplete"`
	CalendarUID    int
	ConstraintType int
	ConstraintDate string
	Notes          string  `xml:",omitempty"`
	Predecessors   []after `xml:"PredecessorLink"`
}

type after struct {
	PredecessorUID int
	Type           int // 1 = finish to start, 3 = start to start
	LinkLag        int // tenths of a minute
	LagFormat      int
}

// Microsoft Project's codes: start no earlier than; days; finish to start and start to start.
const (
	startNoEarlier = 4
	formatDays     = 7
	finishToStart  = 1
	startToStart   = 3
)

// WriteProject writes the plan as XML of Microsoft Project. Every day counts as a working day, since the plan counts days of the calendar.
func (p Plan) WriteProject(w io.Writer) error {
	out := project{SaveVersion: 14, Name: clean(p.Title), Title: clean(p.Title), CalendarUID: 1, ScheduleStart: 1, MinutesPerDay: 480, Calendars: []calendar{{UID: 1, Name: "Every day", IsBaseCalendar: 1}}}
	for day := 1; day <= 7; day++ {
		out.Calendars[0].WeekDays = append(out.Calendars[0].WeekDays, weekDay{day, 1, []workingTime{{"08:00:00", "12:00:00"}, {"13:00:00", "17:00:00"}}})
	}
	for _, t := range p.Tasks {
		days := days(t)
		one := task{
			UID: t.ID, ID: t.ID, Name: clean(t.Name), Start: t.Start.Format(time.DateOnly) + "T08:00:00", Finish: t.Start.AddDate(0, 0, days-1).Format(time.DateOnly) + "T17:00:00",
			Duration: fmt.Sprintf("PT%dH0M0S", days*8), DurationFormat: formatDays, CalendarUID: 1, ConstraintType: startNoEarlier, ConstraintDate: t.Start.Format(time.DateOnly) + "T08:00:00", Notes: clean(t.Note),
		}
		if t.Critical {
			one.Critical = 1
		}
		if t.Done {
			one.PercentDone = 100
		}
		if t.After > 0 {
			link := after{PredecessorUID: t.After, Type: finishToStart, LagFormat: formatDays}
			if before := p.byID(t.After); t.Overlaps && before != nil {
				link.Type, link.LinkLag = startToStart, int(t.Start.Sub(before.Start).Hours()/24)*480*10
			}
			one.Predecessors = append(one.Predecessors, link)
		}
		out.Tasks = append(out.Tasks, one)
		if out.StartDate == "" || one.Start < out.StartDate {
			out.StartDate = one.Start
		}
		out.FinishDate = max(out.FinishDate, one.Finish)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write the plan: %w", err)
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(out); err != nil {
		return fmt.Errorf("write the plan: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return wrap(err)
}

func wrap(err error) error {
	if err != nil {
		return fmt.Errorf("write the plan: %w", err)
	}
	return nil
}

func (p Plan) byID(id int) *Task {
	for i := range p.Tasks {
		if p.Tasks[i].ID == id {
			return &p.Tasks[i]
		}
	}
	return nil
}

// days is how many days a task takes, at least one.
func days(t Task) int { return max(int(t.End.Sub(t.Start).Hours()/24), 1) }

// clean leaves out what XML and calendars cannot hold.
func clean(text string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' && c != '\n' || c == 0x7f || c == 0xfffe || c == 0xffff {
			return -1
		}
		return c
	}, strings.ToValidUTF8(text, ""))
}

// WriteCalendar writes the plan as an iCalendar file (RFC 5545): an event of whole days for each task.
func (p Plan) WriteCalendar(w io.Writer) error {
	var b strings.Builder
	line := func(text string) {
		// A line has at most 75 octets; what is longer goes on in the next one after a blank.
		for most := 75; len(text) > most; most = 74 {
			cut := most
			for cut > 0 && text[cut]&0xc0 == 0x80 { // not within a letter
				cut--
			}
			b.WriteString(text[:cut] + "\r\n ")
			text = text[cut:]
		}
		b.WriteString(text + "\r\n")
	}
	line("BEGIN:VCALENDAR")
	line("VERSION:2.0")
	line("PRODID:-//Cloud Intelligence//Migration plan//EN")
	line("CALSCALE:GREGORIAN")
	for _, t := range p.Tasks {
		line("BEGIN:VEVENT")
		line(fmt.Sprintf("UID:task-%d-%s@cloud-intelligence", t.ID, t.Start.Format("20060102")))
		line("DTSTAMP:" + p.Made.UTC().Format("20060102T150405Z"))
		line("DTSTART;VALUE=DATE:" + t.Start.Format("20060102"))
		line("DTEND;VALUE=DATE:" + t.Start.AddDate(0, 0, days(t)).Format("20060102"))
		line("SUMMARY:" + escaped(p.Title+": "+t.Name))
		if t.Note != "" {
			line("DESCRIPTION:" + escaped(t.Note))
		}
		line("TRANSP:TRANSPARENT")
		line("END:VEVENT")
	}
	line("END:VCALENDAR")
	_, err := io.WriteString(w, b.String())
	return wrap(err)
}

// escaped is a text as iCalendar writes it.
func escaped(text string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(clean(text))
}
