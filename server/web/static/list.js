// The list of items: fetched, and brought up to date without disturbing its reader.

import { expect, send } from "./api.js";
import { byId, time, warn } from "./dom.js";
import { currentPlace, listPath, showPages } from "./pager.js";
import { Rows } from "./rows.js";
import { showEmpty } from "./empty.js";
import { askForToken } from "./token.js";

const alert = byId("list-alert");

let asked = 0; // requests so far
let latest; // what becomes of the last of them
let shown; // the place whose items are on display

// rows are those of the list. What happens to them outdates the answers on their way.
export const rows = new Rows(byId("list"), byId("items-title"), () => {
  showEmpty(rows.count);
  refresh();
});

// refresh brings the list up to date, and keeps focus and scroll position. It
// reports whether it succeeded, or a later one did that overtook it.
export function refresh() {
  latest = ask(++asked);
  return latest;
}

async function ask(mine) {
  try {
    const { body, headers } = await send(listPath());
    if (mine !== asked) return latest;
    show(body, headers.get("Link"));
    return true;
  } catch (failure) {
    expect(failure);
    if (mine !== asked) return latest;
    report(failure);
    return false;
  }
}

function show(items, link) {
  const retried = alert.contains(document.activeElement);
  alert.replaceChildren();
  if (retried) byId("items-title").focus();
  rows.update(items, shown === currentPlace());
  shown = currentPlace();
  showPages(link, items.length);
  showEmpty(rows.count);
  byId("updated").replaceChildren("Updated ", time(new Date(), { timeStyle: "medium" }));
}

function report(failure) {
  if (shown !== currentPlace()) {
    rows.update([]); // never the items of one page under the address of another
    shown = undefined;
    byId("empty").hidden = true;
    showPages(null, 0);
  }
  const stale = rows.count ? " The list shows what was last known." : "";
  warn(alert, failure.message + stale, remedy(failure));
}

function remedy(failure) {
  const again = () => byId("refresh").click();
  if (failure.status === 401) return { "Enter a token": async () => (await askForToken(failure)) && again() };
  return failure.isTemporary ? { "Try again": again } : {};
}
