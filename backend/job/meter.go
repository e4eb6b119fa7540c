package job

import (
	"math"
	"time"
)

const (
	meterGap    = 200 * time.Millisecond // shorter steps say more about the clock than about the work
	meterMemory = 3 * time.Second        // how long a change of pace takes to show
	meterWarmup = 3 * time.Second        // before that no time left is reported: the first rate says little
	leftMax     = 100 * 60 * 60          // seconds; beyond it the number means nothing
)

// meter measures how fast work goes. Its results are always finite.
type meter struct {
	began, at      time.Time
	done, lines    int64
	known          bool
	donePerSecond  float64
	linesPerSecond float64
}

// add takes a reading. When a count goes back, a new stretch of work has begun and what
// was known of the pace is forgotten.
func (m *meter) add(now time.Time, done, lines int64) {
	if m.at.IsZero() || done < m.done || lines < m.lines {
		*m = meter{began: now, at: now, done: done, lines: lines}
		return
	}
	step := now.Sub(m.at)
	if step < meterGap {
		return
	}
	weight := 1.0
	if m.known {
		weight = 1 - math.Exp(-step.Seconds()/meterMemory.Seconds())
	}
	m.donePerSecond += weight * (float64(done-m.done)/step.Seconds() - m.donePerSecond)
	m.linesPerSecond += weight * (float64(lines-m.lines)/step.Seconds() - m.linesPerSecond)
	m.at, m.done, m.lines, m.known = now, done, lines, true
}

// secondsLeft is nil while it cannot be known.
func (m *meter) secondsLeft(total int64) *float64 {
	if !m.known || m.at.Sub(m.began) < meterWarmup || m.donePerSecond <= 0 || total <= m.done {
		return nil
	}
	left := float64(total-m.done) / m.donePerSecond
	if left > leftMax { // also the +Inf of a pace near zero
		return nil
	}
	return &left
}
