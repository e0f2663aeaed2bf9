// Starts the parts of the page and keeps the list live.

import { startCreate } from "./create.js";
import { announce, byId } from "./dom.js";
import { startExamples } from "./examples.js";
import { count, holds, refresh } from "./list.js";
import { startPager } from "./pager.js";
import { showReadiness, showVersion } from "./service.js";

const interval = 5_000; // milliseconds between two looks at the service

let timer;

// keepLive refreshes the page now and from time to time, until it is hidden.
async function keepLive() {
  if (document.hidden) return;
  await Promise.all([refresh(), showReadiness()]);
  clearTimeout(timer);
  timer = setTimeout(keepLive, interval);
}

// load refreshes the list because the user asked for it, and says what came of it.
async function load(success) {
  byId("list").ariaBusy = "true";
  const succeeded = await refresh();
  byId("list").ariaBusy = "false";
  const items = count() === 1 ? "1 item" : `${count()} items`;
  announce(succeeded ? `${success}, ${items}.` : "The list could not be loaded.");
}

async function moved() {
  await load("Page changed");
  byId("items-title").focus();
}

// created brings the new item into the list, or tells where it is.
async function created(item) {
  const succeeded = await refresh();
  return succeeded && !holds(item.id) ? " It stands further on in the list." : "";
}

startExamples();
startPager(moved, refresh);
startCreate(created);
byId("refresh").addEventListener("click", () => load("List updated"));
document.addEventListener("visibilitychange", keepLive);
addEventListener("online", keepLive);
showVersion();
keepLive();
