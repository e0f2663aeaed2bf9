// The rows of the list. Ids ascend, as in the API. A row that is being edited stays
// until its editor is closed, wherever the list goes meanwhile.

import { edit } from "./editor.js";
import { removeLater } from "./removal.js";
import { makeRow } from "./row.js";

// Rows are those of a list element. The title gets the focus where a row with it
// goes away; onChange is called when rows come or go by the user's doing.
export class Rows {
  #list;
  #title;
  #onChange;
  #items = new Map(); // of this page, by id
  #hidden = new Set(); // ids of those whose deletion waits

  constructor(list, title, onChange) {
    this.#list = list;
    this.#title = title;
    this.#onChange = onChange;
    list.addEventListener("click", (event) => this.#act(event.target));
  }

  get count() {
    return this.#list.children.length;
  }

  // has reports whether an item is on display.
  has(id) {
    return this.#row(id) !== null;
  }

  // update makes the rows those of items. Rows that did not change are not touched,
  // which keeps the reader's selection and what is unfolded.
  update(items, isSamePlace) {
    this.#keepFocus(() => {
      const wanted = new Set(items.map(({ id }) => id));
      for (const id of this.#items.keys()) {
        const row = this.#row(id);
        if (wanted.has(id) || (row && isEdited(row))) continue;
        row?.remove();
        this.#items.delete(id);
      }
      for (const item of items) this.#put(item, isSamePlace ? "arrived" : "");
    });
  }

  // hide takes an item out of the list until unhide, reveal or forget.
  hide(id) {
    this.#hidden.add(id);
    this.#row(id)?.remove();
    this.#onChange();
  }

  // unhide brings it back for who asked for that, where the page is its own.
  unhide(id) {
    this.#hidden.delete(id);
    if (this.#items.has(id)) this.#put(this.#items.get(id), "");
    (this.#row(id)?.querySelector(".delete") ?? this.#title).focus();
    this.#onChange();
  }

  // reveal lets the next update bring it back, which disturbs nobody.
  reveal(id) {
    this.#hidden.delete(id);
    this.#onChange();
  }

  // forget ends hide for an item that is no more.
  forget(id) {
    this.#hidden.delete(id);
    this.#row(id)?.remove();
    this.#items.delete(id);
    this.#onChange();
  }

  focus() {
    this.#title.focus({ preventScroll: true });
  }

  #act(target) {
    const row = target.closest("li");
    const item = this.#items.get(Number(row?.dataset.id));
    if (target.matches(".edit")) edit(item, row, (now) => this.#closeEditor(row, now));
    if (target.matches(".delete")) removeLater(item);
  }

  #closeEditor(row, item) {
    const id = Number(row.dataset.id);
    row.remove();
    if (!item || item.id !== id) this.forget(id);
    if (item) this.#put(item, "");
    (item ? this.#row(item.id).querySelector(".edit") : this.#title).focus();
    this.#onChange();
  }

  #put(item, className) {
    if (this.#hidden.has(item.id)) return this.#items.set(item.id, item);
    const row = this.#row(item.id);
    if (row && (isEdited(row) || row.dataset.version === String(item.version))) return;
    this.#items.set(item.id, item);
    const made = makeRow(item);
    made.className = className;
    if (row) row.replaceWith(made);
    else this.#list.insertBefore(made, this.#after(item.id));
  }

  // after returns the first row behind an id, or null.
  #after(id) {
    return [...this.#list.children].find((row) => Number(row.dataset.id) > id) ?? null;
  }

  #row(id) {
    return this.#list.querySelector(`[data-id="${id}"]`);
  }

  // keepFocus puts the focus back into a row that was replaced, or onto the list's
  // title where the row has gone.
  #keepFocus(change) {
    const focused = document.activeElement;
    const id = focused?.closest("#list > li")?.dataset.id;
    change();
    if (id === undefined || this.#list.contains(document.activeElement)) return;
    const target = this.#row(id)?.querySelector(focused.className ? `.${focused.className}` : "a") ?? this.#title;
    target.focus({ preventScroll: true });
  }
}

function isEdited(row) {
  return row.classList.contains("editing");
}
