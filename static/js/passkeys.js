// Passkeys: asks the server what to ask the browser for, and sends its answer back. Nothing of it stays in the page.
// A form with data-passkey="use" or "make" is shown only where the browser knows passkeys; without this file, never.

const KNOWN = { NotAllowedError: "cancelled", InvalidStateError: "already", AbortError: "cancelled" };

class Told extends Error {}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

function asked(options) {
  const first = bytes(options.extensions.prf.eval.first);
  const found = { ...options, challenge: bytes(options.challenge), extensions: { prf: { eval: { first } } } };
  if (options.user) {
    found.user = { ...options.user, id: bytes(options.user.id) };
    found.excludeCredentials = named(options.excludeCredentials);
  } else {
    found.allowCredentials = named(options.allowCredentials);
  }
  return { publicKey: found };
}

function answer(credential) {
  const said = credential.response;
  const response = { clientDataJSON: text(said.clientDataJSON) };
  if (said.attestationObject) {
    response.attestationObject = text(said.attestationObject);
  } else {
    response.authenticatorData = text(said.authenticatorData);
    response.signature = text(said.signature);
  }
  const first = credential.getClientExtensionResults().prf?.results?.first;
  const clientExtensionResults = first ? { prf: { results: { first: text(first) } } } : {};
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults };
}

async function sent(form, address, { csrf_token: token, ...body }) {
  const reply = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify(body),
  });
  // Signed out meanwhile: the sign-in page came instead.
  if (reply.redirected) return { go: reply.url };
  const found = await reply.json().catch(() => ({}));
  if (!reply.ok) throw new Told(found.error ?? form.dataset.failed);
  return found;
}

// What stands in the form, and what stands elsewhere on the page and belongs to it.
function fields(form) {
  const also = (form.dataset.also ?? "").split(" ").filter(Boolean);
  const beside = also.map((id) => [id, document.getElementById(id).value]);
  return { ...Object.fromEntries(new FormData(form)), ...Object.fromEntries(beside) };
}

async function once(form, make, ask, send) {
  const body = fields(form);
  const options = await sent(form, ask, body);
  if (options.go) return options;
  const credential = await (make
    ? navigator.credentials.create(asked(options))
    : navigator.credentials.get(asked(options)));
  const found = await sent(form, send, { ...body, answer: answer(credential) });
  return { ...found, hasSecret: Boolean(credential.getClientExtensionResults().prf?.enabled) };
}

async function run(form) {
  const { ask, again, againAsk } = form.dataset;
  const found = await once(form, form.dataset.passkey === "make", ask, form.getAttribute("action"));
  // Some passkeys give their secret only when they are used, and not when they are made. It may be declined.
  if (found.again && found.hasSecret) await once(form, false, againAsk, again).catch(() => null);
  location.assign(found.go);
}

function watch(form) {
  const button = form.querySelector("button");
  const said = form.querySelector("[role=alert]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    said.hidden = true;
    try {
      await run(form);
    } catch (error) {
      const reason = KNOWN[error.name] ?? "failed";
      said.textContent = error instanceof Told ? error.message : form.dataset[reason];
      said.hidden = false;
    } finally {
      button.disabled = false;
      if (!said.hidden) button.focus();
    }
  });
}

// A passkey that a tablet of a team holds would be everybody's who knows the tablet's own code.
function isTablet() {
  try {
    return Boolean(JSON.parse(localStorage.getItem("second-wind.tablet"))?.token);
  } catch {
    return false;
  }
}

const able = window.isSecureContext && "PublicKeyCredential" in window;
const shared = isTablet();
for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (able && !(shared && form.dataset.passkey === "make")) watch(form);
}
for (const note of document.querySelectorAll("[data-no-passkeys]")) note.hidden = able;
for (const note of document.querySelectorAll("[data-shared]")) note.hidden = !(able && shared);
