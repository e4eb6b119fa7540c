package service

import (
	"context"
	"fmt"
	"os"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/schedule"
)

// ScheduleTime is the local time at which connections are synced every day unless a person says otherwise, HH:MM.
const ScheduleTime = "02:00"

// DailyTask is what the operating system is asked to run every day at a local time HH:MM: this program, which syncs all
// connections of the workspace. It answers CodeInvalid for what is no time.
func (w Syncs) DailyTask(ctx context.Context, at string) (schedule.Task, error) {
	var hour, minute int
	if _, err := fmt.Sscanf(at+"\n", "%02d:%02d\n", &hour, &minute); err != nil || hour < 0 || hour > 23 || minute < 0 || minute > 59 {
		return schedule.Task{}, finops.Errorf(finops.CodeInvalid, "The time must be from 00:00 to 23:59.")
	}
	id, err := w.scheduleID(ctx)
	if err != nil {
		return schedule.Task{}, err
	}
	self, err := os.Executable()
	if err != nil {
		return schedule.Task{}, fmt.Errorf("find the program: %w", err)
	}
	return schedule.Task{ID: id, Command: []string{self, "--workspace", w.db.Path(), "sync", "--all"}, Hour: hour, Minute: minute}, nil
}

// scheduleID names the entry of the workspace.
func (w Syncs) scheduleID(ctx context.Context) (string, error) {
	id, err := w.db.ID(ctx, w.user, w.now())
	if err != nil {
		return "", err
	}
	return id[:12], nil
}

// Scheduled returns the entry that the operating system has for the workspace; false = it has none. It answers
// CodeUnavailable where the system has no schedule.
func (w Syncs) Scheduled(ctx context.Context) (schedule.Entry, bool, error) {
	id, err := w.scheduleID(ctx)
	if err != nil {
		return schedule.Entry{}, false, err
	}
	return schedule.Find(ctx, id)
}

// RemoveSchedule removes the entry of the workspace; false = there was none.
func (w Syncs) RemoveSchedule(ctx context.Context) (bool, error) {
	id, err := w.scheduleID(ctx)
	if err != nil {
		return false, err
	}
	return schedule.Remove(ctx, id)
}
