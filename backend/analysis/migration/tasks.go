package migration

import "cloud-intelligence/backend/finops"

// TaskEdit is what a person decided about a phase of a plan.
type TaskEdit struct {
	Title string `json:"title,omitempty"` // "" = the name of the phase
	Note  string `json:"note,omitempty"`
	Moved int    `json:"moved,omitempty"` // days later than planned; what waits for the phase moves with it
	Done  bool   `json:"done,omitempty"`
}

// Task is a phase of a plan with what a person decided about it.
type Task struct {
	Phase
	Edit    TaskEdit
	Planned finops.Day // when it was to start
}

// Title is how the task is called.
func (t *Task) Title() string {
	if t.Edit.Title != "" {
		return t.Edit.Title
	}
	return t.Name
}

// Tasks are the phases of a plan, moved as a person decided, by name of the phase. A phase that waits for another moves with it, so that the
// order of the plan stays.
func (p *Plan) Tasks(edits map[string]TaskEdit) []Task {
	later := map[string]int{}
	tasks := make([]Task, len(p.Phases))
	for i, phase := range p.Phases {
		edit := edits[phase.Name]
		days := edit.Moved
		if phase.After != nil {
			days += later[*phase.After]
		}
		later[phase.Name] = days
		tasks[i] = Task{Phase: phase, Edit: edit, Planned: phase.Start}
		tasks[i].Start, tasks[i].End = phase.Start+finops.Day(days), phase.End+finops.Day(days)
	}
	return tasks
}
