package source

// IsPrivateKey tells the keys that hold contact data, wherever they stand.
func IsPrivateKey(key string) bool { return isPrivate([]string{key}) }
