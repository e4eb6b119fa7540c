//go:build !windows && !darwin

package notify

import (
	"context"
	"fmt"
	"slices"

	"github.com/godbus/dbus/v5"
)

// The service of the desktop that shows notifications; see the Desktop Notifications Specification.
const (
	noticeService = "org.freedesktop.Notifications"
	noticePath    = "/org/freedesktop/Notifications"
)

// show asks the desktop of the person to show a notification.
func show(ctx context.Context, title, text string) error {
	bus, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx)) // a bus of its own would show nothing
	if err != nil {
		return fmt.Errorf("connect to the session bus: %w", err)
	}
	defer func() { _ = bus.Close() }() // the answer is here
	if err := bus.Auth(nil); err != nil {
		return fmt.Errorf("connect to the session bus: %w", err)
	}
	if err := bus.Hello(); err != nil {
		return fmt.Errorf("connect to the session bus: %w", err)
	}
	service := bus.Object(noticeService, noticePath)
	var can []string
	if err := service.CallWithContext(ctx, noticeService+".GetCapabilities", 0).Store(&can); err != nil {
		return fmt.Errorf("ask what the desktop can show: %w", err)
	}
	if slices.Contains(can, "body-markup") {
		text = escaped(text)
	}
	hints, id := map[string]dbus.Variant{}, uint32(0)
	if err := service.CallWithContext(ctx, noticeService+".Notify", 0, appName, uint32(0), "", title, text, []string{}, hints, int32(-1)).Store(&id); err != nil {
		return fmt.Errorf("show a notification: %w", err)
	}
	return nil
}
