// The access token of a service that wants one. It is kept for this tab alone, and
// until the tab is closed.

import { byId } from "./dom.js";

const key = "items-token";
const dialog = byId("token");
const form = byId("token-form");

let token = storage()?.getItem(key);
let asking; // the question that is open

// authorization returns the header that carries the token, if there is one.
export function authorization() {
  return token ? { Authorization: `Bearer ${token}` } : {};
}

// askForToken asks for another token than the one that was refused. It reports
// whether the user gave one; questions asked at the same time have one answer.
export function askForToken(failure) {
  asking ??= ask(failure).finally(() => (asking = undefined));
  return asking;
}

function ask({ message }) {
  byId("token-reason").textContent = message;
  form.reset();
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "given"), { once: true });
  });
}

// startToken makes the dialog keep what is entered.
export function startToken() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    token = form.elements.token.value;
    storage()?.setItem(key, token);
    dialog.close("given");
  });
  byId("token-cancel").addEventListener("click", () => dialog.close());
}

// storage is the tab's. Where the browser denies it, a token is kept until the page is left.
function storage() {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
