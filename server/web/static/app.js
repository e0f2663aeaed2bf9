// Starts the parts of the page and keeps the list live.

import { startCreate } from "./create.js";
import { announce, byId } from "./dom.js";
import { startExamples } from "./examples.js";
import { startExport } from "./export.js";
import { startImport } from "./import.js";
import { refresh, rows } from "./list.js";
import { hasMore, searched, skip, startPager } from "./pager.js";
import { startRemoval } from "./removal.js";
import { showSearch, startSearch } from "./search.js";
import { showReadiness } from "./service.js";
import { startToken } from "./token.js";

const interval = 5_000; // milliseconds between two looks at the service
const stamina = 10; // empty pages of a search that are gone over without a word

let timer;
let loads = 0;

// keepLive refreshes the page now and from time to time, until it is hidden.
async function keepLive() {
  if (document.hidden) return;
  await Promise.all([refresh(), showReadiness()]);
  clearTimeout(timer);
  timer = setTimeout(keepLive, interval);
}

// load refreshes the list because the user asked for it, and says what came of it,
// unless they have asked for more meanwhile.
async function load(success) {
  const mine = ++loads;
  byId("list").ariaBusy = "true";
  const succeeded = await searchOn(() => mine !== loads);
  if (mine !== loads) return;
  byId("list").ariaBusy = "false";
  const items = rows.count === 1 ? "1 item" : `${rows.count} items`;
  announce(succeeded ? `${success}, ${items}.` : "The list could not be loaded.");
}

// searchOn refreshes the list. A search that has found nothing goes on by itself for
// a while, since the service looks at a part of the list at a time.
async function searchOn(isOver) {
  for (let pages = 1; ; pages++) {
    if (!(await refresh())) return false;
    if (isOver() || rows.count > 0 || !searched() || !hasMore() || pages === stamina) return true;
    skip();
  }
}

function moved() {
  byId("items-title").focus(); // at once: its user may be elsewhere when the answer comes
  load("Page changed");
}

function returned() {
  showSearch();
  load("Page changed");
}

// created brings the new item into the list, or tells where it is.
async function created(item) {
  const succeeded = await refresh();
  return succeeded && !rows.has(item.id) ? " It stands elsewhere in the list." : "";
}

startToken();
startExamples();
startPager(moved, returned);
startSearch(() => load("Searched"));
startCreate(created);
startRemoval(rows);
startImport(refresh);
startExport();
byId("refresh").addEventListener("click", () => load("List updated"));
document.addEventListener("visibilitychange", keepLive);
addEventListener("online", keepLive);
keepLive();
