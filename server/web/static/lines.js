// A file of items as lines to send: one JSON object a line (NDJSON), or a JSON array.

import { Failure } from "./api.js";

const mostLines = 1_000; // of a batch
const mostText = 1_000_000; // characters of a batch, and of a line
const mostArray = 64 << 20; // bytes of a file that has to be read at once

// batches reads a file piece by piece. It yields lines, the number of the first of
// them, and about how many bytes of the file end with them.
export async function* batches(file) {
  let batch = { first: 1, lines: [] };
  let length = 0;
  for await (const { line, read } of linesOf(file)) {
    if (batch.lines.length === mostLines || length + line.length > mostText) {
      yield { ...batch, read };
      batch = { first: batch.first + batch.lines.length, lines: [] };
      length = 0;
    }
    batch.lines.push(asDraft(line));
    length += line.length;
  }
  if (batch.lines.length) yield { ...batch, read: file.size };
}

async function* linesOf(file) {
  const start = await reading(file.slice(0, 4_096).text());
  if (start.trimStart().startsWith("[")) yield* elements(file);
  else yield* split(file);
}

// elements yields each element of an array as a line.
async function* elements(file) {
  if (file.size > mostArray) throw new Failure(413, "A JSON array may have at most 64 MiB. One object per line has no limit.");
  const text = await reading(file.text());
  let array;
  try {
    array = JSON.parse(text);
  } catch (error) {
    throw new Failure(400, `The file starts like a JSON array but is none: ${error.message}.`);
  }
  for (const value of array) yield { line: JSON.stringify(value), read: file.size };
}

async function* split(file) {
  const reader = file.stream().getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  let read = 0;
  for (;;) {
    const { done, text, size } = await next(reader, decoder);
    const lines = (rest + text).split("\n");
    rest = lines.pop();
    for (const [i, line] of lines.entries()) yield { line, read: read + (size * i) / lines.length };
    read += size;
    if (rest.length > mostText) throw new Failure(413, "The file has a line of more than a million characters.");
    if (done) break;
  }
  if (rest) yield { line: rest, read };
}

async function next(reader, decoder) {
  const { done, value } = await reading(reader.read());
  try {
    return { done, text: decoder.decode(value, { stream: !done }), size: value?.length ?? 0 };
  } catch {
    throw new Failure(400, "The file is not UTF-8 text.");
  }
}

// reading waits for a part of a file, which may have gone since it was chosen.
async function reading(part) {
  try {
    return await part;
  } catch {
    throw new Failure(400, "The file can no longer be read. Choose it again.");
  }
}

// asDraft takes from an exported item what the service gave it, so that it can be
// imported again.
function asDraft(line) {
  if (!line.includes('"created_at"')) return line;
  try {
    const { id, created_at, updated_at, version, ...draft } = JSON.parse(line);
    return JSON.stringify(draft);
  } catch {
    return line; // the service says what is wrong with it
  }
}
