package notify

import (
	"context"
	"fmt"
	"os/exec"
)

// show asks the Notification Center to show a notification. Title and text are arguments of the script and never a part of it.
func show(ctx context.Context, title, text string) error {
	script := exec.CommandContext(ctx, "/usr/bin/osascript", "-e", "on run argv", "-e", "display notification (item 2 of argv) with title (item 1 of argv)", "-e", "end run", title, text)
	if out, err := script.CombinedOutput(); err != nil {
		return fmt.Errorf("show a notification: %w: %s", err, out)
	}
	return nil
}
