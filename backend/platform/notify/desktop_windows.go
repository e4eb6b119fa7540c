package notify

import (
	"context"
	"encoding/xml"
	"fmt"
	"strings"

	"git.sr.ht/~jackmordaunt/go-toast/v2/wintoast"
)

// show asks Windows to show a notification; it waits for nothing but Windows. What the library writes itself is left out: in its XML a text
// could become markup, and in its script for an older Windows a command.
func show(_ context.Context, title, text string) error {
	if err := wintoast.SetAppData(wintoast.AppData{AppID: appName}); err != nil {
		return fmt.Errorf("tell Windows the name of the program: %w", err)
	}
	var notice strings.Builder
	notice.WriteString(`<toast><visual><binding template="ToastGeneric">`)
	for _, part := range []string{title, text} {
		notice.WriteString("<text>")
		if err := xml.EscapeText(&notice, []byte(part)); err != nil {
			return fmt.Errorf("write a notification: %w", err)
		}
		notice.WriteString("</text>")
	}
	notice.WriteString("</binding></visual></toast>")
	if err := wintoast.Push(appName, notice.String()); err != nil {
		return fmt.Errorf("show a notification: %w", err)
	}
	return nil
}
