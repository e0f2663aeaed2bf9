// Package browser drives the home page in a real browser, against the service as
// a process.
package browser

import (
	"os"
	"testing"

	"example.com/multistage/e2e/process"
)

func TestMain(m *testing.M) { os.Exit(process.Main(m)) }

// TestPage runs each test in tabs of its own, at a service of its own.
func TestPage(t *testing.T) {
	browser := startChromium(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, chromium)
	}{
		{"an empty list", testEmpty},
		{"version and readiness", testStatus},
		{"version and readiness, later", testStatusLater},
		{"create", testCreate},
		{"create an invalid item", testCreateInvalid},
		{"create again after a lost answer", testCreateAgain},
		{"text typed while an item is created", testCreateMeanwhile},
		{"a busy service", testBusy},
		{"paging", testPaging},
		{"search", testSearch},
		{"search further", testSearchFar},
		{"search overtaken", testSearchOvertaken},
		{"try again", testTryAgain},
		{"live list", testLive},
		{"edit", testEdit},
		{"text typed while an item is saved", testEditMeanwhile},
		{"edit again after a lost answer", testEditAgain},
		{"conflict: overwrite", testConflictOverwrite},
		{"conflict: overwrite, twice", testConflictTwice},
		{"conflict: take theirs", testConflictTake},
		{"deleted meanwhile: create again", testGoneRecreate},
		{"deleted meanwhile: create again, edited", testGoneEdited},
		{"deleted meanwhile: discard", testGoneDiscard},
		{"delete and undo", testDeleteUndo},
		{"delete now", testDeleteNow},
		{"delete later", testDeleteLater},
		{"delete waits for its user", testDeletePauses},
		{"delete what has changed", testDeleteChanged},
		{"delete that fails", testDeleteFails},
		{"delete while a list comes", testDeleteMeanwhile},
		{"delete, and look elsewhere", testDeleteElsewhere},
		{"import", testImport},
		{"import with a bad end", testImportStops},
		{"import in doubt", testImportInDoubt},
		{"import broken off", testImportBroken},
		{"import without an answer of the service", testImportNoAnswer},
		{"cancel an import", testImportCancel},
		{"import an array", testImportArray},
		{"export to a file", testExport},
		{"download and import", testDownload},
		{"examples of curl", testExamples},
		{"access token", testToken},
		{"access token to read", testReadToken},
		{"access token, unkept", testTokenUnkept},
		{"keyboard alone", testKeyboard},
		{"contents of the reference", testContents},
		{"section about the image", testSection},
		{"accessibility", testAccessibility},
		{"narrow window", testNarrow},
		{"picture for the README", testScreenshot},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, browser) })
	}
}
