// What an editor shows when somebody else was faster. The user's own text stays in
// the fields, and can still be changed.

import { button, element, time } from "./dom.js";

// showChanged shows the item as it is now. Saving then overwrites it.
export function showChanged(form, current, take) {
  const changed = time(new Date(current.updated_at), { dateStyle: "medium", timeStyle: "medium" });
  show(
    form,
    "This item has changed meanwhile",
    [
      element("p", { className: "hint" }, "Stored now, since ", changed, ":"),
      element("blockquote", {},
        element("p", { className: "name", dir: "auto" }, current.name),
        element("p", { className: "description", dir: "auto" }, current.description)),
      button("Take the stored text", take, "take"),
    ],
    "Overwrite with mine",
  );
}

// showGone says that there is no such item any more. Saving then creates one.
export function showGone(form, discard) {
  show(form, "This item was deleted meanwhile", [button("Discard my text", discard, "take")], "Create a new item of it");
}

function show(form, title, content, label) {
  const heading = element("h3", { tabIndex: -1 }, title);
  const panel = form.querySelector(".conflict");
  panel.replaceChildren(heading, element("p", { className: "hint" }, "Your text is in the fields below."), ...content);
  panel.hidden = false;
  form.querySelector(".primary").textContent = label;
  heading.focus();
}
