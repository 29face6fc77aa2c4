// Seals one act to the server's key (HPKE, RFC 9180), so that nobody at the counter can read what waits there.

const ABOUT = "second-wind counter entry 1";
// Every entry is as long as any other: its length must not tell a check-in from a rough one.
const BLOCK = 2048;

let tools = null;
let failures = 0;

/** Fetches the tools for sealing; where that fails, the next one who needs them asks again. */
export function prepare() {
  tools ??= fetchTools().catch((problem) => {
    tools = null;
    failures += 1;
    throw problem;
  });
  return tools;
}

async function fetchTools() {
  // Browsers remember under its name a module that did not come, so the next try has another name.
  const again = failures ? `?${failures}` : "";
  const { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } = await import(`../../vendor/hpke.min.js${again}`);
  return new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
}

export const canSeal = () => isSecureContext && Boolean(crypto.subtle);

/** Returns an act as {key, box}: the server's key by name, and in base64url what only its other half opens. */
export async function sealed(act, { key, public: half }) {
  const suite = await prepare();
  const recipientPublicKey = await suite.kem.importKey("raw", fromBase64(half), true);
  const info = new TextEncoder().encode(ABOUT);
  const { enc, ct } = await suite.seal({ recipientPublicKey, info }, padded({ ...act, at: Date.now() }));
  return { key, box: toBase64(new Uint8Array([...new Uint8Array(enc), ...new Uint8Array(ct)])) };
}

function padded(act) {
  const words = new TextEncoder().encode(JSON.stringify(act));
  const filled = new Uint8Array(Math.ceil(words.length / BLOCK) * BLOCK).fill(32);
  filled.set(words);
  return filled.buffer;
}

function fromBase64(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

function toBase64(bytes) {
  const plain = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
