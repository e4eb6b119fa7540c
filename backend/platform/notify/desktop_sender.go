//go:build !darwin

package notify

// appName is what the system shows as the sender of a notification; macOS names the program by itself.
const appName = "Cloud Intelligence"
