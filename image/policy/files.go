package policy

// files holds that each layer has exactly the files it should have, in the same
// order. It reports the first difference.
func files(i *Image, want Expected, r *report) {
	if got := len(i.layers); got != len(want.Layers) {
		r.addf("%d layers, want %d", got, len(want.Layers))
		return
	}
	for n, listed := range want.Layers {
		got := i.layers[n].list()
		for k := range max(len(got), len(listed)) {
			if at(got, k) != at(listed, k) {
				r.addf("file %d of layer %d is %q, want %q", k, n, at(got, k), at(listed, k))
				break
			}
		}
	}
}

// at returns an element, or nothing behind the last.
func at(list []string, k int) string {
	if k < len(list) {
		return list[k]
	}
	return ""
}
