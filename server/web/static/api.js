// Requests to the service, and what can go wrong with one.

const patience = 10_000; // milliseconds after which a request counts as unanswered

// Failure is a request that did not succeed. Its status is 0 where no answer came;
// errors are those of the API's problem body.
export class Failure extends Error {
  constructor(status, message, errors = []) {
    super(message);
    Object.assign(this, { status, errors });
  }

  // Asking again may help, unless the request itself was at fault.
  get isTemporary() {
    return this.status < 400 || this.status >= 500;
  }
}

// send returns the decoded body and the headers of a successful answer.
export async function send(path, options) {
  const { response, text } = await exchange(path, options);
  const body = decode(text);
  if (response.ok && body) return { body, headers: response.headers };
  const message = body?.detail ?? `The service answered ${response.status} ${response.statusText}.`;
  throw new Failure(response.status, message, body?.errors);
}

// post sends a value as JSON.
export function post(path, value) {
  const headers = { "Content-Type": "application/json" };
  return send(path, { method: "POST", headers, body: JSON.stringify(value) });
}

async function exchange(path, options) {
  try {
    const response = await fetch(path, { ...options, signal: AbortSignal.timeout(patience) });
    return { response, text: await response.text() };
  } catch {
    throw new Failure(0, "The service cannot be reached.");
  }
}

function decode(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // an answer of something between the page and the service
  }
}
