package problem

import (
	"net/http"
	"time"
)

// bodyPatience is how long the body of a request that is refused unread may take.
const bodyPatience = 100 * time.Millisecond

// Unread comes before an answer to a request of which nobody reads the body. net/http
// reads up to 256 KiB of that before the answer, to keep the connection. So the
// client hears of it within 100 ms, and where its body has not come by then, the
// connection is closed.
func Unread(w http.ResponseWriter, r *http.Request) {
	if r.ContentLength != 0 { // a writer without deadlines has no connection to keep
		_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyPatience))
	}
}
