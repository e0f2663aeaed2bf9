// The place in the list. It is the page's own query, which the API gets as it
// stands, so that reload, bookmarks and the browser's Back keep it. Cursors only
// lead forward; the way back is remembered in the history entry.

import { byId } from "./dom.js";

const pageSize = 10;

let place = location.search;
let trail = history.state?.trail ?? []; // queries of the pages before this one
let next; // the query of the page after this one

function parsed() {
  return new URLSearchParams(place);
}

// listPath is the address of the items at the present place.
export function listPath() {
  const query = parsed();
  query.set("limit", limit());
  return `/api/items?${query}`;
}

function limit() {
  return Number(parsed().get("limit") ?? pageSize);
}

// currentPlace tells one page of the list from another.
export function currentPlace() {
  return place;
}

// isFurtherOn reports whether the place is behind the start of the list.
export function isFurtherOn() {
  return parsed().has("after");
}

// searched returns the words that names are searched for, or "".
export function searched() {
  return parsed().get("q") ?? "";
}

// hasMore reports whether the list goes on behind this page.
export function hasMore() {
  return next !== undefined;
}

// showPages offers the pages that can be gone to; link is the answer's Link header,
// count the number of items that came. A search looks at a part of the list at a
// time, so that a page of it may be short although it goes on.
export function showPages(link, count) {
  const target = /<([^>]*)>; *rel="?next"?/.exec(link ?? "")?.[1];
  next = target && queryOf(target);
  offer(byId("first"), isFurtherOn() ? start(searched()) : undefined);
  offer(byId("previous"), trail.at(-1));
  offer(byId("next"), next);
  byId("next").textContent = next && count < limit() ? "Search further" : "Next";
  byId("pager").hidden = !byId("pager").querySelector("[href]");
}

// queryOf returns the query of a page of the list, as the page's own address has it.
function queryOf(target) {
  const query = new URL(target, location.origin).searchParams;
  if (!parsed().has("limit")) query.delete("limit");
  return `?${query}`;
}

// start is the query of the first page of those names that have words in them.
function start(words) {
  const query = parsed();
  query.delete("after");
  if (words) query.set("q", words);
  else query.delete("q");
  return query.size ? `?${query}` : "";
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
    if (anchor.search === place) return; // the second click of two, before the answer
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
  enter("pushState", anchor.href);
}

// skip goes on to the next page in the place of this one.
export function skip() {
  enter("replaceState", `/${next}`);
}

// search goes to the start of the list of those names that have these words in them.
// The words are one entry of the browser's history while they are typed.
export function search(words) {
  const isRefined = Boolean(searched() && words);
  trail = [];
  enter(isRefined ? "replaceState" : "pushState", `/${start(words)}`);
}

function enter(how, address) {
  history[how]({ trail }, "", address);
  place = location.search;
}
