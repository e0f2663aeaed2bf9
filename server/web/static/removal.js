// Deletion that can be undone: an item goes from the list at once, and from the
// service a little later. At most one deletion waits at a time.

import { expect } from "./api.js";
import { announce, byId, warn } from "./dom.js";
import { remove } from "./items.js";

const grace = 8_000; // milliseconds to change one's mind in
const notice = byId("removal");
const alert = byId("removal-alert");

let waiting; // the item whose deletion waits
let list; // what hides items, shows them again and forgets them
let timer;

// startRemoval makes the notice work on a list.
export function startRemoval(itsList) {
  list = itsList;
  byId("undo").addEventListener("click", undo);
  byId("delete-now").addEventListener("click", () => finish());
  for (const event of ["focusin", "focusout", "pointerenter", "pointerleave"]) notice.addEventListener(event, count);
  addEventListener("pagehide", () => finish(true));
}

// removeLater hides an item and deletes it after a while.
export function removeLater(item) {
  finish();
  waiting = item;
  alert.replaceChildren();
  list.hide(item.id);
  byId("removal-text").textContent = `Item ${item.id} is about to be deleted.`;
  announce(byId("removal-text").textContent);
  notice.hidden = false;
  byId("undo").focus({ preventScroll: true });
  count();
}

// count starts the time to decide in. It stands still for who is at the notice: with
// the pointer, or with a keyboard.
function count() {
  clearTimeout(timer);
  const isHeld = notice.matches(":hover") || notice.querySelector(":focus-visible");
  if (waiting && !isHeld) timer = setTimeout(finish, grace);
}

function undo() {
  const { id } = waiting;
  close();
  list.unhide(id);
  announce(`Item ${id} is kept.`);
}

// finish deletes what waits, if anything does.
async function finish(isLeaving = false) {
  if (!waiting) return;
  const item = waiting;
  const hadFocus = close();
  if (hadFocus) list.focus();
  try {
    await remove(item, isLeaving);
    announce(`Item ${item.id} is deleted.`);
    list.forget(item.id);
  } catch (failure) {
    expect(failure);
    report(item, failure);
  }
}

// close puts the notice away, and reports whether it had the focus.
function close() {
  const hadFocus = notice.contains(document.activeElement);
  waiting = undefined;
  clearTimeout(timer);
  notice.hidden = true;
  return hadFocus;
}

function report(item, failure) {
  if (failure.status === 404) return list.forget(item.id); // somebody else was faster
  list.reveal(item.id); // its user may be at something else by now, on another page even
  const dismiss = { Dismiss: () => { alert.replaceChildren(); list.focus(); } };
  if (failure.status === 412) {
    warn(alert, `Item ${item.id} has changed meanwhile and is kept. Look at it before you delete it.`, dismiss);
  } else {
    const again = () => { removeLater(item); finish(); };
    warn(alert, `Item ${item.id} is not deleted. ${failure.message}`, { "Try again": again, ...dismiss });
  }
}
