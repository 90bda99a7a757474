// Asks the browser to make or show a passkey, and sends its answer by the page's own form.
const form = document.querySelector("form[data-passkey]");

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function asked(options) {
  const described = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const read = { ...options, challenge: bytes(options.challenge) };
  if (options.user) read.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) read.excludeCredentials = described(options.excludeCredentials);
  if (options.allowCredentials) read.allowCredentials = described(options.allowCredentials);
  return read;
}

function answered(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = text(credential.response[part]);
  }
  const id = text(credential.rawId);
  return JSON.stringify({ id, rawId: id, type: credential.type, response, clientExtensionResults: {} });
}

async function go(event) {
  if (form.elements.answer.value) return;
  event.preventDefault();
  const said = document.getElementById("passkey-said");
  said.textContent = "Waiting for your device.";
  const options = { publicKey: asked(JSON.parse(form.dataset.options)) };
  try {
    const shown = await (form.dataset.passkey === "make"
      ? navigator.credentials.create(options)
      : navigator.credentials.get(options));
    form.elements.answer.value = answered(shown);
    form.requestSubmit();
  } catch {
    said.textContent = "Your device did not answer, or has no passkey for these pages. Nothing was sent. Try again.";
  }
}

if (form) {
  const able = "credentials" in navigator && window.PublicKeyCredential;
  form.hidden = !able;
  document.getElementById("passkey-not-able").hidden = Boolean(able);
  form.addEventListener("submit", go);
}
