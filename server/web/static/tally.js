// The count of an import, as the service answers line by line.

import { Failure } from "./api.js";

const mostRefused = 20; // refused lines that are told of

// Tally adds up what became of lines.
export class Tally {
  lines = 0;
  stored = 0;
  refused = 0;
  faults = []; // the first refused lines: their number and why

  // add takes the answer to a batch whose first line has that number in the file. It
  // returns the last line of the answer, which sums it up.
  add(first, answer) {
    const results = parse(answer);
    const sum = results.pop();
    this.lines += sum.lines;
    this.stored += sum.durable;
    this.refused += sum.failed;
    for (const { line, status, ...result } of results) {
      if (status === 201 || this.faults.length === mostRefused) continue;
      this.faults.push({ line: first + line - 1, reason: reason(result) });
    }
    return sum;
  }

  toString() {
    const [lines, stored, refused] = [this.lines, this.stored, this.refused].map((n) => n.toLocaleString());
    return `${lines} ${this.lines === 1 ? "line" : "lines"}: ${stored} stored, ${refused} refused`;
  }
}

// parse returns the lines of an answer. One that is not the service's own, or is cut
// off, counts as none: it does not say what became of the batch.
function parse(answer) {
  try {
    const results = answer.trimEnd().split("\n").map((line) => JSON.parse(line));
    if (typeof results.at(-1).done === "boolean") return results;
  } catch {
    // such as the page of a proxy
  }
  throw new Failure(0, "The answer is not one of the service.");
}

function reason({ detail, errors = [] }) {
  const faults = errors.map(({ pointer, detail }) => `${pointer} ${detail}`);
  return faults.length ? faults.join("; ") : detail;
}
