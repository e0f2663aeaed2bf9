package result

// Measure is a kind of value that samples have.
type Measure struct {
	Name  string
	Unit  Unit
	About string
}

// Unit is how a value is to be read.
type Unit int

const (
	Number    Unit = iota
	PerSecond      // a rate
	Seconds
	Bytes
	Share // 0 to 1
)

// Measures returns those of all samples.
func Measures() []Measure {
	return []Measure{
		{"rate", PerSecond, "requests answered per second, whatever the status"},
		{"p50", Seconds, "half of the responses took no longer, from before the request was written until all of the response was read"},
		{"p99", Seconds, "99 % of the responses took no longer"},
		{"p999", Seconds, "99.9 % of the responses took no longer"},
		{"cpu", Seconds, "the server's time on the processors per request, by user and system; what the kernel does for a packet counts for who sends it"},
		{"client", Seconds, "the same for the load generator"},
		{"written", Bytes, "bytes that the server made the system write to disk, per request: whole pages, and of the log too"},
		{"flushes", Number, "flushes of the disk's cache per request, as the block device counts them, for the whole machine"},
		{"anonymous", Bytes, "resident memory of the server that belongs to no file"},
		{"mapped", Bytes, "resident memory of the server that belongs to files: its binary, and a database that it maps. The system can take it back"},
		{"rss", Bytes, "the sum of both"},
		{"wakeups", PerSecond, "how often a thread of the server began to wait again while nobody asked anything"},
		{"ready", Seconds, "from before the process is started until the first answer with 200 was read"},
		{"binary", Bytes, "size of the program"},
		{"stored", Bytes, "what the data occupies on disk per item, after the server has ended"},
		{"requests", Number, "requests answered"},
		{"refused", Number, "requests answered with another status than 2xx"},
		{"errors", Number, "requests that got no response"},
		{"busy", Share, "how busy the machine was before the measurement"},
		{"others", Share, "share of the machine's processors that neither the server nor the generator used, but others did"},
	}
}

// UnitOf returns the unit of a measure. It is false where there is none of that name.
func UnitOf(name string) (Unit, bool) {
	for _, m := range Measures() {
		if m.Name == name {
			return m.Unit, true
		}
	}
	return 0, false
}
