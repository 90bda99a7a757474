// The page about this device: what was taken along opens with its passcode, is typed in, and waits to be sent.
import { element, shownOf, typedIn, visitForm } from "./form.js";
import { forTheRecord, ownKey, sealed, unsealed } from "./sealing.js";
import { changeTaken, keepWaiting, onWiped, taken, waiting, wipe } from "./store.js";
import { sendWaiting } from "./waiting.js";

const SOON = 800;
const MOST_WRONG = 5;
const place = document.querySelector("[data-device]");
const answer = document.querySelector("[data-device-answer]");
const state = element("p", "govuk-body");
const shown = element("div", "");
/** @type {{key: CryptoKey, held: object, forms: object[]} | null} */
let open = null;
let typing = "";
/** Keeps what is being typed now. @type {(() => Promise<void>) | null} */
let keepTyped = null;

async function begin() {
  state.setAttribute("role", "status");
  place.append(state, shown);
  addEventListener("online", async () => { await send(); if (!typing) await list(); });
  addEventListener("pagehide", () => keepTyped?.());
  onWiped(forgetGone);
  addEventListener("pageshow", forgetGone);
  document.addEventListener("visibilitychange", forgetGone);
  await send();
  await list();
}

/** Forget the key and take the names off the page, once the forms have gone: signed out elsewhere, or out of time. */
async function forgetGone() {
  const found = await taken().catch(() => undefined);
  if (open && found?.until === open.held.until) return;
  if (!open && (found || !shown.querySelector("#open-passcode"))) return;
  await keepTyped?.();
  open = null;
  await list();
}

async function send() {
  const outcome = await sendWaiting(typing);
  const link = outcome.state === "signed out" ? " Sign in, and it is sent by itself." : "";
  state.textContent = [
    ...outcome.says,
    outcome.left ? `${outcome.left} ${outcome.left === 1 ? "waits" : "wait"} on this device to be sent, sealed.${link}` : "",
  ].filter(Boolean).join(" ");
  if (outcome.state === "signed out") state.append(" ", linkTo("/sign-in", "Sign in"));
  return outcome;
}

async function list() {
  typing = "";
  keepTyped = null;
  const held = await taken();
  const found = await waiting();
  answer.textContent = held
    ? `The forms that you took with you are here until ${held.says}.`
    : "You took no forms with you, or their time has ended.";
  const parts = [];
  if (held && !open) parts.push(asking());
  if (held && open) {
    parts.push(element("h2", "govuk-heading-m", "Write a visit down"));
    for (const form of open.forms) parts.push(button(`A visit to ${form.called}`, () => write(form, crypto.randomUUID().replaceAll("-", ""), {})));
  }
  parts.push(element("h2", "govuk-heading-m", "Waiting on this device"));
  if (!found.length) parts.push(element("p", "govuk-body", "Nothing waits."));
  for (const one of found) parts.push(await line(one));
  shown.replaceChildren(...parts);
}

async function line(one) {
  const box = element("div", "govuk-inset-text");
  const what = one.finished ? "A finished visit" : "A visit that you began";
  const at = new Date(one.at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  box.append(element("p", "govuk-body", `${what}, last typed in at ${at}. ${one.says || "It is sent by itself once there is a signal."}`));
  if (open && one.own) {
    try {
      const own = await unsealed(open.key, one.own);
      const form = open.forms.find((form) => form.address === own.address);
      if (form) box.append(button(`Go on with ${form.called}`, () => write(form, one.number, own.said)));
    } catch {
      box.append(element("p", "govuk-body", "It was sealed with another passcode. It is sent all the same."));
    }
  }
  return box;
}

function asking() {
  const form = element("form", "kw-form");
  const label = element("label", "govuk-label", "The passcode of these forms");
  const field = element("input", "govuk-input govuk-input--width-20");
  Object.assign(field, { id: "open-passcode", type: "password", autocomplete: "off" });
  label.htmlFor = field.id;
  const says = element("p", "govuk-body");
  says.setAttribute("role", "status");
  form.append(label, field, button("Open them", () => {}, "submit"), says);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    says.textContent = "Opening.";
    const held = await taken();
    if (!held) return list();
    const key = await ownKey(field.value, held.salt, held.secret);
    try {
      const forms = await unsealed(key, held.sealed);
      if (await changeTaken({ wrong: 0 })) open = { key, held, forms };
      setTimeout(forgetGone, Date.parse(held.until) - Date.now() + 100);
      await list();
    } catch {
      const wrong = held.wrong + 1;
      if (wrong >= MOST_WRONG) await wipe(); else await changeTaken({ wrong });
      says.textContent = wrong >= MOST_WRONG
        ? "That was wrong five times. The forms are off this device. What waits to be sent is safe, and is sent when you sign in."
        : `That is not the passcode. After ${MOST_WRONG - wrong} more the forms are taken off this device.`;
    }
    return undefined;
  });
  return form;
}

/** Type one visit in. @param {object} asked @param {string} number @param {Record<string, string>} said */
function write(asked, number, said) {
  typing = number;
  const form = visitForm(asked, said);
  const says = element("p", "govuk-body-s", "What you type is kept on this device, sealed.");
  says.setAttribute("role", "status");
  let timer = 0;
  let last = Promise.resolve();
  let done = false;
  const keep = (finished) => {
    clearTimeout(timer);
    const mine = open;
    if (done || !mine) return last;
    done = finished;
    const typed = typedIn(form);
    last = last.then(() => kept(mine, asked, number, typed, finished)).then(() => {
      says.textContent = `Kept on this device at ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" })}.`;
    }).catch(() => { says.textContent = "This device did not keep it: it may be full. Do not close this."; });
    return last;
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => keep(false), SOON); });
  keepTyped = () => keep(false);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    form.querySelectorAll("button").forEach((one) => { one.disabled = true; });
    await keep(true);
    typing = "";
    await send();
    await list();
    answer.focus();
  });
  const stop = button("Stop here, and go on later", async () => { await keep(false); await list(); });
  stop.classList.add("govuk-button--secondary");
  form.append(button("Finish: send it when there is a signal", () => {}, "submit"), stop, says);
  shown.replaceChildren(element("h2", "govuk-heading-m", `A visit to ${asked.called}`), form);
  shown.querySelector("h2").tabIndex = -1;
  shown.querySelector("h2").focus();
}

async function kept({ key, held }, asked, number, said, finished) {
  const told = { address: asked.address, number, finished, said, shown: shownOf(asked, said) };
  await keepWaiting({
    number, finished, account: held.account, at: new Date().toISOString(), says: "",
    own: await sealed(key, told), envelope: await forTheRecord(held.point, told),
  }, held);
}

function button(text, press, type = "button") {
  const one = element("button", "govuk-button", text);
  one.type = type;
  one.addEventListener("click", press);
  return one;
}

function linkTo(href, text) {
  const one = element("a", "govuk-link", text);
  one.href = href;
  return one;
}

answer.tabIndex = -1;
begin();
