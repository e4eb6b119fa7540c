package desktop

import (
	"strconv"
	"sync"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

const plansKept = 8

// plans remembers the latest previews until they are imported.
type plans struct {
	mu    sync.Mutex
	made  int
	items []madePlan // oldest first
}

type madePlan struct {
	id   string
	path string // of the workspace that it was made for
	plan *service.Plan
}

func (p *plans) keep(path string, plan *service.Plan) (id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.made++
	id = "plan-" + strconv.Itoa(p.made)
	p.items = append(p.items, madePlan{id, path, plan})
	if len(p.items) > plansKept {
		p.items = append([]madePlan(nil), p.items[len(p.items)-plansKept:]...)
	}
	return id
}

// find answers CodeNotFound for a preview that is not remembered or of another workspace.
func (p *plans) find(id, path string) (*service.Plan, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, m := range p.items {
		if m.id == id && m.path == path {
			return m.plan, nil
		}
	}
	return nil, finops.Errorf(finops.CodeNotFound, "This preview is too old. Choose the files again.")
}
