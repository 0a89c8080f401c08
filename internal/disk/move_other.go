//go:build !unix

package disk

// MayMove returns why files of the folder from cannot be moved into the folder to, as far as that can be known before.
func MayMove(from, to string) error { return nil }
