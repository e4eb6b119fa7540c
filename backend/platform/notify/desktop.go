package notify

import (
	"context"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
)

// showMax is how long the system may take to take a notification.
const showMax = 10 * time.Second

// desktop shows a message as a notification of the system.
func (s Settings) desktop(ctx context.Context, m Message) error {
	ctx, cancel := context.WithTimeout(ctx, showMax)
	defer cancel()
	if err := show(ctx, oneLine(m.title()), m.sentences()); err != nil {
		return finops.WrapError(finops.CodeUnavailable, err, "This computer cannot show notifications now: no desktop session of the person runs here, or it has no service for them.")
	}
	return nil
}

// escaped keeps a text from being read as markup.
func escaped(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}
