// An item edited in its row of the list.

import { expect } from "./api.js";
import { showChanged, showGone } from "./conflict.js";
import { announce, byId } from "./dom.js";
import { draftOf, fill, report, startDraft, submitting } from "./draft.js";
import { create, isSame, keyring, read, update } from "./items.js";

// edit opens an editor in an item's row. It calls onClose with the item as it then
// is, or with nothing where there is none any more.
export function edit(item, row, onClose) {
  const form = makeForm(item);
  const leave = (now) => form.ariaBusy === "true" || onClose(now); // what is being saved closes it
  const editor = { form, item, keyOf: keyring(), onClose, leave };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submitting(form, () => save(editor));
  });
  form.querySelector(".cancel").addEventListener("click", () => leave(editor.item));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) leave(editor.item);
  });
  row.classList.add("editing");
  row.append(form);
  form.elements.name.focus();
}

// makeForm fills a copy of the page's template, whose ids get the item's.
function makeForm(item) {
  const form = byId("editor").content.firstElementChild.cloneNode(true);
  for (const name of ["id", "for", "aria-describedby"]) {
    for (const element of form.querySelectorAll(`[${name}]`)) {
      element.setAttribute(name, element.getAttribute(name).replace(/\S+/g, (id) => `${id}-${item.id}`));
    }
  }
  form.ariaLabel = `Edit item ${item.id}`;
  fill(form, item);
  startDraft(form);
  return form;
}

async function save(editor) {
  const draft = draftOf(editor.form);
  lock(editor.form, true);
  announce(`Saving item ${editor.item.id}.`);
  try {
    const saved = editor.isGone ? (await create(draft, editor.keyOf(draft))).body : await update(editor.item, draft);
    announce(editor.isGone ? `Created item ${saved.id}.` : `Saved item ${saved.id}.`);
    editor.onClose(saved);
  } catch (failure) {
    await compare(editor, draft, failure).catch((failure) => {
      expect(failure);
      report(editor.form, failure);
    });
  } finally {
    lock(editor.form, false);
  }
}

// lock keeps out what would be typed while the text is being saved, since it would
// go away with the editor.
function lock(form, isLocked) {
  for (const field of form.querySelectorAll("[name]")) field.readOnly = isLocked;
}

// compare looks at what became of an item that could not be saved at the version
// that its user saw. It throws the failure where that was not the reason.
async function compare(editor, draft, failure) {
  if (failure.status === 412) {
    const current = await read(editor.item.id).catch(unlessGone);
    if (current) return showCurrent(editor, draft, current);
  } else if (failure.status !== 404) {
    throw failure;
  }
  editor.isGone = true;
  showGone(editor.form, () => editor.leave());
}

function showCurrent(editor, draft, current) {
  if (isSame(current, draft)) return editor.onClose(current); // by an attempt whose answer was lost
  editor.item = current;
  showChanged(editor.form, current, () => editor.leave(current));
}

function unlessGone(failure) {
  if (failure.status !== 404) throw failure;
}
