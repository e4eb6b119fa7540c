package store

// umask does nothing: files in a user's profile are private on Windows.
func umask(mask int) int { return mask }
