// The place in the list. It is the page's own query, which the API gets as it
// stands, so that reload, bookmarks and the browser's Back keep it. Cursors only
// lead forward; the way back is remembered in the history entry.

import { byId } from "./dom.js";

const pageSize = 10;

let place = location.search;
let trail = history.state?.trail ?? []; // queries of the pages before this one

// listPath is the address of the items at the present place.
export function listPath() {
  const query = new URLSearchParams(place);
  if (!query.has("limit")) query.set("limit", pageSize);
  return `/api/items?${query}`;
}

// currentPlace tells one page of the list from another.
export function currentPlace() {
  return place;
}

// isFurtherOn reports whether the place is behind the start of the list.
export function isFurtherOn() {
  return new URLSearchParams(place).has("after");
}

// showPages offers the pages that can be gone to; link is the answer's Link header.
export function showPages(link) {
  const next = /<([^>]*)>; *rel="?next"?/.exec(link ?? "")?.[1];
  offer(byId("first"), isFurtherOn() ? "" : undefined);
  offer(byId("previous"), trail.at(-1));
  offer(byId("next"), next && new URL(next, location.origin).search);
  byId("pager").hidden = !byId("pager").querySelector("[href]");
}

function offer(anchor, query) {
  if (query === undefined) anchor.removeAttribute("href");
  else anchor.href = `/${query}`;
}

// startPager calls onMove when the user goes to another page of the list, and
// onReturn when the browser does.
export function startPager(onMove, onReturn) {
  byId("pager").addEventListener("click", (event) => {
    const anchor = event.target.closest("a[href]");
    if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(anchor);
    onMove();
  });
  addEventListener("popstate", () => {
    if (location.search === place) {
      history.replaceState({ trail }, ""); // a jump within the page stays at its place
      return;
    }
    place = location.search;
    trail = history.state?.trail ?? [];
    onReturn();
  });
}

function goTo(anchor) {
  if (anchor.id === "first") trail = [];
  if (anchor.id === "previous") trail = trail.slice(0, -1);
  if (anchor.id === "next") trail = [...trail, place];
  history.pushState({ trail }, "", anchor.href);
  place = location.search;
}
