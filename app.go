package main

import (
	"context"
	"fmt"
)

// app is the composition root: it opens the parts in order, hands them to each other and closes them in reverse.
type app struct {
	// demo asks the first page to open the demo workspace.
	demo bool
	// ctx is the window's own context; the Wails runtime accepts no other.
	ctx context.Context
}

func newApp(demo bool) *app { return &app{demo: demo} }

func (a *app) start(ctx context.Context) { a.ctx = ctx }

func (a *app) stop() { a.ctx = nil }

// bindings lists the structs whose methods the page may call.
func (a *app) bindings() []any { return nil }

// runCLI runs one command and answers with the exit code of the process.
func runCLI(args []string) int {
	fmt.Println("cloud-intelligence", version)
	return 0
}
