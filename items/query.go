package items

// MaxExamined is the most items that a List with a Name looks at, whether they
// match or not, so that no query costs more than that.
const MaxExamined = 10_000

// MaxPageText is about how many bytes of names and descriptions a [Page] holds at
// the most: the item that reaches it is the last. It bounds the memory of a page,
// whose items may have some 17 kB each.
const MaxPageText = 512 << 10

// Query says which items a List returns.
type Query struct {
	// After is the id that all items of the page are above. An item with
	// this id need not exist.
	After int64
	// Limit is the most items of the page. Below 1 there are none.
	Limit int
	// Name is a part of the names of the items, in any case: characters are
	// the same when Unicode's simple case folding maps them to one. Every
	// name has the empty part.
	Name string
}

// Page is a part of the list of items.
type Page struct {
	// Items are at most as many as the query's limit, and less where they
	// reach [MaxPageText]. A query by name has looked at [MaxExamined] items at
	// the most, and may have found less than there are further on, or
	// nothing.
	Items []Item
	// Next is the After of the page that follows, or 0 where none does. It is
	// set when items follow that may match.
	Next int64
}
