// Sealing what lies on this device. The owner's key is made of a passcode and of a secret that never leaves this browser,
// and is kept nowhere. What is to be sent is sealed a second time, for the record alone.

const ROUNDS = 600_000;

/** A secret of this browser that no script can read, only use. */
export function deviceSecret() {
  return crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

/** @param {number} length */
export function random(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

/**
 * The owner's key: of a passcode, stretched, and the secret of this browser.
 * @param {string} passcode
 * @param {Uint8Array} salt
 * @param {CryptoKey} secret
 */
export async function ownKey(passcode, salt, secret) {
  const typed = await crypto.subtle.importKey("raw", text(passcode), "PBKDF2", false, ["deriveBits"]);
  const stretched = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS }, typed, 256);
  const bound = await crypto.subtle.sign("HMAC", secret, stretched);
  return crypto.subtle.importKey("raw", bound, "AES-GCM", false, ["encrypt", "decrypt"]);
}

/** @param {CryptoKey} key @param {unknown} said */
export async function sealed(key, said) {
  const nonce = random(12);
  const content = await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, key, text(JSON.stringify(said)));
  return { nonce, content };
}

/** What was sealed; it throws where the key is another. */
export async function unsealed(key, { nonce, content }) {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce }, key, content)));
}

/**
 * Seal something that only the record can open.
 * @param {Uint8Array} point - the record's, for this sign-in
 * @param {unknown} said
 */
export async function forTheRecord(point, said) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const theirs = await crypto.subtle.importKey("raw", point, curve, false, []);
  const pair = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, pair.privateKey, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: text("keyworker device envelope") },
    material, { name: "AES-GCM", length: 256 }, false, ["encrypt"],
  );
  const own = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return { point: own, ...(await sealed(key, said)) };
}

/** @param {Uint8Array | ArrayBuffer} buffer */
export function plain(buffer) {
  let found = "";
  for (const one of new Uint8Array(buffer)) found += String.fromCharCode(one);
  return btoa(found);
}

/** @param {string} said */
export function bytes(said) {
  return Uint8Array.from(atob(said), (one) => one.charCodeAt(0));
}

function text(said) {
  return new TextEncoder().encode(said);
}
