// Takes the forms of visits along: asks for them, and seals them here before anything is shown of them.
import { bytes, deviceSecret, ownKey, random, sealed } from "./sealing.js";
import { keepTaken } from "./store.js";

const form = document.querySelector("form[data-take]");
const says = form?.querySelector("[data-take-says]");

async function take(event) {
  event.preventDefault();
  const passcode = form.querySelector("#passcode");
  const body = new URLSearchParams(new FormData(form));
  if (!body.has("child")) return tell("Choose at least one child.");
  if (passcode.value.length < 8) return tell("Choose a passcode of eight characters or more.");
  tell("Taking the forms.");
  try {
    const answer = await fetch(location.pathname, { method: "POST", body, redirect: "manual" });
    if (!answer.ok) throw new Error("refused");
    const told = await answer.json();
    const [salt, secret] = [random(16), await deviceSecret()];
    const key = await ownKey(passcode.value, salt, secret);
    await keepTaken({
      account: told.account, until: told.until, says: told.says, point: bytes(told.point),
      salt, secret, wrong: 0, sealed: await sealed(key, told.forms),
    });
    await navigator.storage?.persist?.();
    passcode.value = "";
    tell(`${told.forms.length} ${told.forms.length === 1 ? "form is" : "forms are"} on this device until ${told.says}. Open “On this device” to write.`);
  } catch {
    tell("The forms could not be taken. Nothing was changed on this device. Try again where there is a signal.");
  }
  return undefined;
}

function tell(said) {
  says.textContent = said;
}

if (form) {
  form.hidden = false;
  form.addEventListener("submit", take);
}
