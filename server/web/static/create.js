// The form that creates an item.

import { expect } from "./api.js";
import { byId, element } from "./dom.js";
import { draftOf, report, startDraft, submitting } from "./draft.js";
import { create, isSame, keyring } from "./items.js";

const form = byId("create");

let keyOf = keyring();

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
    keyOf = keyring(); // what is written next is another item, though its text be the same
    if (isSame(draftOf(form), draft)) form.reset(); // what was typed meanwhile is the next item
    showCreated(body, headers.get("Location"), onCreated);
  } catch (failure) {
    expect(failure);
    report(form, failure);
  }
}

async function showCreated(item, location, onCreated) {
  const link = element("a", { href: location }, `item ${item.id}`);
  const remark = element("span", {});
  byId("created").replaceChildren("Created ", link, ".", remark);
  remark.append(await onCreated(item));
}
