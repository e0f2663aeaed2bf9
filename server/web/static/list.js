// The list of items: fetched, and brought up to date without disturbing its reader.

import { Failure, send } from "./api.js";
import { byId, element, time, warn } from "./dom.js";
import { currentPlace, isFurtherOn, listPath, showPages } from "./pager.js";
import { makeRow } from "./row.js";

const list = byId("list");
const alert = byId("list-alert");

let asked = 0; // requests so far
let answered = 0; // the latest of them whose answer is on display
let shown; // the place whose items are on display

// refresh brings the list up to date, and keeps focus and scroll position. It
// reports whether it succeeded.
export async function refresh() {
  const place = currentPlace();
  const mine = ++asked;
  const isLate = () => mine < answered || place !== currentPlace();
  try {
    const { body, headers } = await send(listPath());
    if (isLate()) return true;
    answered = mine;
    show(body, headers.get("Link"));
    return true;
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    if (!isLate()) report(failure);
    return false;
  }
}

// holds reports whether an item is on display.
export function holds(id) {
  return rowOf(id) !== null;
}

// count is the number of items on display.
export function count() {
  return list.children.length;
}

function show(items, link) {
  const retried = alert.contains(document.activeElement);
  alert.replaceChildren();
  if (retried) byId("items-title").focus();
  keepFocus(() => update(items));
  showEmpty(items.length === 0);
  showPages(link);
  byId("updated").replaceChildren("Updated ", time(new Date(), { timeStyle: "medium" }));
}

// update makes the rows those of items. Rows that did not change are not touched,
// which keeps the reader's selection and what is unfolded.
function update(items) {
  const current = new Set(items.map(keyOf));
  for (const row of [...list.children]) {
    if (!current.has(keyOf(row.dataset))) row.remove();
  }
  const arrived = shown === currentPlace() ? "arrived" : "";
  items.forEach((item, index) => {
    const row = list.children[index];
    if (row && keyOf(row.dataset) === keyOf(item)) return;
    const made = makeRow(item);
    made.className = arrived;
    list.insertBefore(made, row ?? null);
  });
  shown = currentPlace();
}

function keyOf({ id, version }) {
  return `${id}.${version}`;
}

function rowOf(id) {
  return list.querySelector(`[data-id="${id}"]`);
}

// keepFocus puts the focus back into a row that was replaced, or onto the list's
// heading where the row has gone.
function keepFocus(change) {
  const id = document.activeElement?.closest("#list > li")?.dataset.id;
  change();
  if (id === undefined || list.contains(document.activeElement)) return;
  const target = rowOf(id)?.querySelector("a") ?? byId("items-title");
  target.focus({ preventScroll: true });
}

function showEmpty(isEmpty) {
  const empty = byId("empty");
  empty.hidden = !isEmpty;
  if (isFurtherOn()) empty.replaceChildren("No items follow here.");
  else empty.replaceChildren("No items yet. Create the first one with the form, or from ", shellLink(), ".");
}

function shellLink() {
  return element("a", { href: "#api" }, "the command line");
}

function report(failure) {
  if (shown !== currentPlace()) {
    list.replaceChildren(); // never the items of one page under the address of another
    shown = undefined;
    byId("empty").hidden = true;
    showPages(null);
  }
  const stale = count() ? " The list shows what was last known." : "";
  warn(alert, failure.message + stale, failure.isTemporary && (() => byId("refresh").click()));
}
