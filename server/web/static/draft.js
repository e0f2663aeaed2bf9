// A form of an item's text. The API alone decides what is valid; its errors are
// shown at the fields they belong to.

import { warn } from "./dom.js";

// startDraft clears the error of a field when its user changes it.
export function startDraft(form) {
  form.addEventListener("input", (event) => unmark(event.target));
}

// fill puts the text of an item into the form.
export function fill(form, { name, description }) {
  form.elements.name.value = name;
  form.elements.description.value = description;
}

// draftOf returns what the form says.
export function draftOf(form) {
  return { name: form.elements.name.value, description: form.elements.description.value };
}

// submitting runs what a form is submitted for, unless that runs already, and clears
// the errors of the attempt before.
export async function submitting(form, run) {
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  clear(form);
  try {
    await run();
  } finally {
    form.ariaBusy = "false";
  }
}

function clear(form) {
  const retried = alertOf(form).contains(document.activeElement);
  alertOf(form).replaceChildren();
  for (const field of form.querySelectorAll("[aria-invalid]")) unmark(field);
  if (retried) form.querySelector(".primary").focus();
}

// report shows what went wrong, with a way to try again where that may help.
export function report(form, failure) {
  const others = failure.errors.filter((error) => !mark(form, error));
  const bad = form.querySelector("[aria-invalid]");
  bad?.focus();
  if (bad && others.length === 0) return;
  const faults = others.filter(({ pointer }) => pointer).map(({ pointer, detail }) => `${pointer} ${detail}.`);
  const actions = failure.isTemporary ? { "Try again": () => form.requestSubmit() } : {};
  warn(alertOf(form), [failure.message, ...faults].join(" "), actions);
}

// mark shows an error at its field and reports whether there is such a field. A
// JSON Pointer to a field is a slash and its name.
function mark(form, { pointer, detail }) {
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
  return field.parentElement.querySelector(".fault");
}

function alertOf(form) {
  return form.querySelector("[role='alert']");
}
