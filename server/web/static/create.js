// The form that creates an item.

import { Failure } from "./api.js";
import { byId, element } from "./dom.js";
import { draftOf, report, startDraft, submitting } from "./draft.js";
import { create, newKey } from "./items.js";

const form = byId("create");

let attempt = {}; // the draft that was sent last, as text, and its key

// startCreate calls onCreated with each item that the form has created, and shows
// the remark that it promises.
export function startCreate(onCreated) {
  startDraft(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submitting(form, () => submit(onCreated));
  });
}

async function submit(onCreated) {
  byId("created").replaceChildren();
  const draft = draftOf(form);
  try {
    const { body, headers } = await create(draft, keyOf(draft));
    attempt = {};
    if (textOf(draftOf(form)) === textOf(draft)) form.reset(); // what was typed meanwhile is the next item
    showCreated(body, headers.get("Location"), onCreated);
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    report(form, failure);
  }
}

// keyOf returns the key of the attempt before where that was for the same draft.
function keyOf(draft) {
  const text = textOf(draft);
  if (attempt.text !== text) attempt = { text, key: newKey() };
  return attempt.key;
}

function textOf(draft) {
  return JSON.stringify(draft);
}

async function showCreated(item, location, onCreated) {
  const link = element("a", { href: location }, `item ${item.id}`);
  const remark = element("span", {});
  byId("created").replaceChildren("Created ", link, ".", remark);
  remark.append(await onCreated(item));
}
