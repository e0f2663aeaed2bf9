package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"example.com/multistage/items"
)

// closedFile returns the content of a file of items and keys after a change that
// bbolt makes.
func closedFile(t *testing.T, change func(tx *bolt.Tx) error) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "items.db")
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"a", "b", "c"} {
		createOnce(t, s, key, "x")
	}
	if _, err := s.CreateBatch(t.Context(), make50(t)); err != nil {
		t.Fatal(err)
	}
	err = s.file.db.Update(change)
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func make50(t *testing.T) []items.Draft {
	t.Helper()
	drafts := make([]items.Draft, 50)
	for i := range drafts {
		drafts[i].Name = "x"
	}
	return drafts
}

// TestVerifyFindsRecordsThatDoNotAgree changes whole records, as no flip does.
func TestVerifyFindsRecordsThatDoNotAgree(t *testing.T) {
	firstOf := func(tx *bolt.Tx, bucket []byte) []byte {
		k, _ := tx.Bucket(bucket).Cursor().First()
		return k
	}
	for name, change := range map[string]func(*bolt.Tx) error{
		"a key without its time": func(tx *bolt.Tx) error {
			return tx.Bucket(bucketExpiry).Delete(bytes.Clone(firstOf(tx, bucketExpiry)))
		},
		"a time without its key": func(tx *bolt.Tx) error {
			return tx.Bucket(bucketKeys).Delete(bytes.Clone(firstOf(tx, bucketKeys)))
		},
		"no times":        func(tx *bolt.Tx) error { return tx.DeleteBucket(bucketExpiry) },
		"a low sequence":  func(tx *bolt.Tx) error { return tx.Bucket(bucketItems).SetSequence(10) },
		"a huge sequence": func(tx *bolt.Tx) error { return tx.Bucket(bucketItems).SetSequence(1 << 60) },
		"a key too long":  func(tx *bolt.Tx) error { return tx.Bucket(bucketItems).Put([]byte("123456789"), nil) },
		"a bucket in items": func(tx *bolt.Tx) error {
			_, err := tx.Bucket(bucketItems).CreateBucket([]byte("12345678"))
			return err
		},
	} {
		content := closedFile(t, change)
		if _, err := verify(t.Context(), bytes.NewReader(content), int64(len(content))); !errors.Is(err, errDamaged) {
			t.Errorf("%s: %v, want %v", name, err, errDamaged)
		}
	}
}

func TestVerifyFindsALostPage(t *testing.T) {
	content := closedFile(t, func(*bolt.Tx) error { return nil })
	reader := bytes.NewReader(content)
	if n, err := verify(t.Context(), reader, reader.Size()); err != nil || n != 53 {
		t.Fatalf("verify = %d, %v; want 53 items", n, err)
	}
	m, err := verifyMeta(reader, reader.Size())
	if err != nil {
		t.Fatal(err)
	}
	count := content[int(m.freelist)*int(m.pageSize)+10:]
	n := binary.NativeEndian.Uint16(count)
	if n == 0 {
		t.Fatal("no page is free")
	}
	binary.NativeEndian.PutUint16(count, n-1)
	if _, err := verify(t.Context(), reader, reader.Size()); !errors.Is(err, errDamaged) {
		t.Errorf("verify: %v, want %v", err, errDamaged)
	}
}

func TestVerifyEndsWithItsContext(t *testing.T) {
	content := closedFile(t, func(*bolt.Tx) error { return nil })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := verify(ctx, bytes.NewReader(content), int64(len(content))); !errors.Is(err, context.Canceled) {
		t.Errorf("verify: %v, want %v", err, context.Canceled)
	}
	if _, err := io.Copy(io.Discard, watchedReader{ctx, bytes.NewReader(content), nil, new(int64)}); !errors.Is(err, context.Canceled) {
		t.Errorf("reading: %v, want %v", err, context.Canceled)
	}
}
