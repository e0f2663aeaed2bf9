// The form that creates an item. The API alone decides what is valid; its errors
// are shown at the fields they belong to.

import { Failure, post } from "./api.js";
import { byId, element, warn } from "./dom.js";

const form = byId("create");
const alert = byId("create-alert");

// startCreate calls onCreated with each item that the form has created, and shows
// the remark that it promises.
export function startCreate(onCreated) {
  form.addEventListener("input", (event) => unmark(event.target));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.ariaBusy !== "true") submit(onCreated);
  });
}

async function submit(onCreated) {
  form.ariaBusy = "true";
  clear();
  try {
    const { name, description } = form.elements;
    const { body, headers } = await post("/api/items", { name: name.value, description: description.value });
    form.reset();
    showCreated(body, headers.get("Location"), onCreated);
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    report(failure);
  } finally {
    form.ariaBusy = "false";
  }
}

function clear() {
  const retried = alert.contains(document.activeElement);
  alert.replaceChildren();
  byId("created").replaceChildren();
  for (const field of form.querySelectorAll("[aria-invalid]")) unmark(field);
  if (retried) form.querySelector(".primary").focus();
}

async function showCreated(item, location, onCreated) {
  const link = element("a", { href: location }, `item ${item.id}`);
  const remark = element("span", {});
  byId("created").replaceChildren("Created ", link, ".", remark);
  remark.append(await onCreated(item));
}

function report(failure) {
  const others = failure.errors.filter((error) => !mark(error));
  const bad = form.querySelector("[aria-invalid]");
  bad?.focus();
  if (bad && others.length === 0) return;
  const faults = others.filter(({ pointer }) => pointer).map(({ pointer, detail }) => `${pointer} ${detail}.`);
  const advice = failure.status === 0
    ? ["Your text is still here. Before you try again, look whether the item is in the list."]
    : [];
  const retry = failure.isTemporary && (() => form.requestSubmit());
  warn(alert, [failure.message, ...faults, ...advice].join(" "), retry);
}

// mark shows an error at its field and reports whether there is such a field. A
// JSON Pointer to a field is a slash and its name.
function mark({ pointer, detail }) {
  const field = form.elements.namedItem(pointer?.slice(1) ?? "");
  if (!field) return false;
  field.ariaInvalid = "true";
  faultOf(field).append(`${field.labels[0].textContent} ${detail}. `);
  return true;
}

function unmark(field) {
  field.removeAttribute("aria-invalid");
  faultOf(field).replaceChildren();
}

function faultOf(field) {
  return byId(`${field.name}-fault`);
}
