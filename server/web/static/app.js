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

async function refreshAloud() {
  if (await refresh()) announce(`List updated, ${itemsOnPage()}.`);
}

async function moved() {
  byId("list").ariaBusy = "true";
  const succeeded = await refresh();
  byId("list").ariaBusy = "false";
  byId("items-title").focus();
  if (succeeded) announce(`Page changed, ${itemsOnPage()}.`);
}

async function created(item) {
  await refresh();
  return holds(item.id) ? "" : "It stands further on in the list.";
}

function itemsOnPage() {
  return count() === 1 ? "1 item" : `${count()} items`;
}

startExamples();
startPager(moved, refresh);
startCreate(created);
byId("refresh").addEventListener("click", refreshAloud);
document.addEventListener("visibilitychange", keepLive);
addEventListener("online", keepLive);
showVersion();
keepLive();
