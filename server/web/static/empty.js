// What stands in the place of a list without items.

import { byId } from "./dom.js";
import { hasMore, isFurtherOn, searched } from "./pager.js";

// showEmpty shows why the list is empty, and what helps, where it is.
export function showEmpty(count) {
  byId("empty").hidden = count > 0;
  byId("empty-text").textContent = reason();
  byId("first-steps").hidden = Boolean(searched()) || isFurtherOn();
  byId("clear-search").hidden = !searched();
}

function reason() {
  const words = searched();
  if (words && hasMore()) return `No name among those searched so far has “${words}” in it.`;
  if (words && isFurtherOn()) return `No further name has “${words}” in it.`;
  if (words) return `No name has “${words}” in it.`;
  return isFurtherOn() ? "No items follow here." : "No items yet";
}
