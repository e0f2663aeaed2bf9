package policy_test

import (
	"slices"
)

func cases() []violating {
	return slices.Concat(userCases(), runCases(), labelCases(), fileCases(), contentCases(), programCases(), packingCases())
}

func content(layer, n int, text string) func(*fixture) {
	return func(f *fixture) { f.layers[layer].files[n].content = text }
}

// mode has another mode of a file wanted and there.
func mode(layer, n int, mode int64) func(*fixture) {
	return func(f *fixture) {
		f.layers[layer].files[n].Mode = mode
		f.want.Layers[layer][n] = f.layers[layer].files[n].line()
	}
}

// add has files at the end of the first layer wanted and there.
func add(files ...file) func(*fixture) {
	return func(f *fixture) {
		for _, file := range files {
			f.layers[0].files = append(f.layers[0].files, file)
			f.want.Layers[0] = append(f.want.Layers[0], file.line())
		}
	}
}
