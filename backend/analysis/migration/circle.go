package migration

// circles says for each line whether it depends on itself through others, by the strongly connected components of the
// dependencies (Tarjan).
func (a *assessment) circles() []bool {
	place := a.places()
	n := len(a.profile.Workloads)
	t := tarjan{index: make([]int, n), low: make([]int, n), onStack: make([]bool, n), circle: make([]bool, n)}
	t.next = func(i int) (list []int) {
		for _, name := range a.profile.Workloads[i].DependsOn {
			list = append(list, place[name])
		}
		return list
	}
	for i := range n {
		if t.index[i] == 0 {
			t.visit(i)
		}
	}
	return t.circle
}

type tarjan struct {
	count      int
	index, low []int // index 0 = not visited yet
	onStack    []bool
	stack      []int
	circle     []bool
	next       func(int) []int
}

func (t *tarjan) visit(i int) {
	t.count++
	t.index[i], t.low[i], t.onStack[i] = t.count, t.count, true
	t.stack = append(t.stack, i)
	for _, j := range t.next(i) {
		if t.index[j] == 0 {
			t.visit(j)
			t.low[i] = min(t.low[i], t.low[j])
		} else if t.onStack[j] {
			t.low[i] = min(t.low[i], t.index[j])
		}
	}
	if t.low[i] != t.index[i] {
		return
	}
	for at := len(t.stack) - 1; ; at-- {
		j := t.stack[at]
		t.onStack[j] = false
		t.circle[j] = at < len(t.stack)-1 || j != i
		if j == i {
			t.stack = t.stack[:at]
			return
		}
	}
}
