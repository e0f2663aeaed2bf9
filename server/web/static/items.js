// What can be asked of the service about an item.

import { send } from "./api.js";

// create stores a draft. An attempt with the key of an earlier one of the same
// draft, whose answer was lost, creates nothing a second time.
export function create(draft, key) {
  return write("POST", "/api/items", draft, { "Idempotency-Key": key });
}

// keyring returns a function that gives drafts their keys for create. A draft gets
// the key of the attempt before where that was for the same one.
export function keyring() {
  let last; // the draft that was sent last, and its key
  return (draft) => {
    if (!last || !isSame(last.draft, draft)) last = { draft, key: newKey() };
    return last.key;
  };
}

// isSame reports whether drafts, or items, have the same text.
export function isSame(one, other) {
  return one.name === other.name && one.description === other.description;
}

function newKey() {
  return crypto.getRandomValues(new Uint32Array(4)).join("-"); // randomUUID wants HTTPS
}

// read returns the item as it is now.
export async function read(id) {
  return (await send(pathOf(id))).body;
}

// update gives an item the text of a draft, unless it is at another version.
export async function update({ id, version }, draft) {
  return (await write("PUT", pathOf(id), draft, { "If-Match": `"${version}"` })).body;
}

// remove deletes an item, unless it is at another version. With keepalive it does
// so although the page is left.
export function remove({ id, version }, keepalive) {
  return send(pathOf(id), { method: "DELETE", headers: { "If-Match": `"${version}"` }, keepalive });
}

function write(method, path, draft, headers) {
  return send(path, { method, headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(draft) });
}

function pathOf(id) {
  return `/api/items/${id}`;
}
