//go:build !linux

package boltstore

// holder says which process holds the lock on a file. Only Linux tells.
func holder(string) string {
	return "another process, most likely a second server"
}
