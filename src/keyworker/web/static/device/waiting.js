// Sends what waits on this device, once there is a signal and its writer has signed in; takes the forms off at sign-out.
import { changeWaiting, isUsed, taken, waiting, wipe } from "./store.js";
import { plain } from "./sealing.js";

/** @typedef {{state: "sent" | "waits" | "signed out" | "no signal", left: number, says: string[]}} Outcome */

/**
 * Send everything that waits and is of whoever has signed in.
 * @param {string} [but] - the number of a form that is being typed in
 * @returns {Promise<Outcome>}
 */
export async function sendWaiting(but = "") {
  // One window at a time: another that waited its turn finds what is left.
  return navigator.locks ? navigator.locks.request("keyworker-send", () => sendAll(but)) : sendAll(but);
}

async function sendAll(but) {
  const toSend = async () => (await waiting()).filter((one) => one.number !== but && !one.isRefused);
  const found = await toSend();
  if (!found.length) return { state: "sent", left: 0, says: [] };
  const says = [];
  try {
    const answer = await fetch("/device/mark", { redirect: "manual" });
    if (!answer.ok) return { state: "signed out", left: found.length, says };
    const mark = await answer.json();
    for (const one of found.filter((one) => one.account === mark.account)) {
      const told = await sent(one, mark.form);
      says.push(told.says);
      await changeWaiting(one, told.done ? null : { says: told.says, isRefused: told.isRefused });
    }
  } catch {
    return { state: "no signal", left: (await toSend()).length, says };
  }
  const left = (await toSend()).length;
  return { state: left ? "waits" : "sent", left, says };
}

async function sent(one, form) {
  const { point, nonce, content } = one.envelope;
  const body = new URLSearchParams({
    csrfmiddlewaretoken: form, point: plain(point), nonce: plain(nonce), sealed: plain(content),
  });
  const answer = await fetch("/device/send", { method: "POST", body, redirect: "manual" });
  // What can never be taken is not tried again; it is once its writer changed it.
  const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
  if (told.state === "refused") return { done: false, isRefused: true, says: told.says };
  if (!answer.ok) return { done: false, isRefused: false, says: "Keyworker did not take this yet. It stays here, and is tried again." };
  return { done: true, isRefused: false, says: told.says };
}

/** On every page: the forms of another sign-in, and those whose time has ended, go; what waits is sent, and said. */
export async function lookAfterDevice() {
  for (const form of document.querySelectorAll('form[action="/sign-out"]')) form.addEventListener("submit", signOut);
  const account = document.body.dataset.account;
  if (!account || !(await isUsed())) return;
  const found = await taken();
  if (found && found.account !== account) await wipe();
  const outcome = await sendWaiting();
  if (outcome.says.length || outcome.left) say(outcome);
}

async function signOut(event) {
  event.preventDefault();
  const form = event.currentTarget;
  try {
    if (await isUsed()) await wipe();
  } catch {
    // A browser that opens no store has nothing in it to take off; nobody is kept signed in for it.
  } finally {
    form.submit();
  }
}

/** @param {Outcome} outcome */
function say(outcome) {
  const box = document.createElement("div");
  box.className = "govuk-inset-text";
  box.setAttribute("role", "status");
  const lines = outcome.left ? [`${outcome.left} on this device ${outcome.left === 1 ? "waits" : "wait"} to be sent, sealed.`] : [];
  for (const says of [...outcome.says, ...lines]) {
    const line = document.createElement("p");
    line.className = "govuk-body";
    line.textContent = says;
    box.append(line);
  }
  const link = document.createElement("a");
  Object.assign(link, { href: "/begun", className: "govuk-link", textContent: "What you have begun" });
  box.append(link);
  document.querySelector("main h1")?.after(box);
}
