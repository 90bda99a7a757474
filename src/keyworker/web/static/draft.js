// Keeps what is typed into a long form while it is typed, as its writer's own. Without this the form works all the same.

const SOON = 1_000;
const AGAIN = 30_000;

/**
 * Keep what is typed into one form.
 * @param {HTMLElement} part - the part of the form that says where it is kept
 */
export function keepDraft(part) {
  const form = part.closest("form");
  const says = part.querySelector("[data-draft-says]");
  const tab = crypto.randomUUID().replaceAll("-", "");
  let kept = textOf(form);
  let timer = 0;
  let busy = false;
  let sent = false;
  if ("draftNow" in part.dataset) { kept = ""; later(0); }
  form.append(hidden("draft_tab", tab));
  says.textContent = "What you type is kept as you type, for you alone.";

  form.addEventListener("input", () => later(SOON));
  form.addEventListener("change", () => later(SOON));
  form.addEventListener("submit", () => { sent = true; clearTimeout(timer); });
  addEventListener("pageshow", () => { sent = false; });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(true); });

  /** @param {number} wait - milliseconds */
  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  }

  /** @param {boolean} [leaving] - whether the page may be gone before the answer comes */
  async function keep(leaving = false) {
    const now = textOf(form);
    if (sent || now === kept) return;
    if (busy) { later(SOON); return; }
    busy = true;
    try {
      const answer = await fetch(part.dataset.draft, {
        method: "POST", body: bodyOf(form), keepalive: leaving === true, redirect: "manual",
      });
      if (!answer.ok) throw new Error(answer.type);
      const told = await answer.json();
      kept = now;
      form.elements.draft.value = told.draft;
      form.elements.draft_seen.value = told.seen;
      says.textContent = told.says;
      if (told.others.length) showOthers(part, form, told.others);
    } catch (fault) {
      says.textContent = fault.message === "opaqueredirect"
        ? "You have been signed out. What you see here is not kept since then: sign in in another window, then go on typing."
        : "Not kept just now: there is no signal, or the service does not answer. It is tried again. Leave this open.";
      later(AGAIN);
    } finally {
      busy = false;
    }
  }
}

/**
 * What another window kept of the same form, beside what stands here.
 * @param {HTMLElement} part
 * @param {HTMLFormElement} form
 * @param {{at: string, said: Record<string, string>}[]} others
 */
function showOthers(part, form, others) {
  const place = part.querySelector("[data-draft-others]");
  place.replaceChildren(...others.map((one) => {
    const box = made("div", "govuk-inset-text");
    box.tabIndex = -1;
    const differing = Object.keys({ ...one.said }).filter((name) => !isOurs(name) && valueOf(form, name) !== one.said[name]);
    box.append(made("p", "govuk-body", `Another window kept this form too, on ${one.at}. Both are kept until you send one.`
      + (differing.length ? " They differ in:" : " It says nothing that is not here.")));
    for (const name of differing) box.append(difference(form, name, one.said[name]));
    return box;
  }));
}

/**
 * One field in which two windows differ, and a way to take over what the other one says.
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} there
 */
function difference(form, name, there) {
  const box = made("div", "kw-differs");
  box.append(
    made("p", "govuk-body govuk-!-font-weight-bold", labelOf(form, name)),
    made("p", "govuk-body", `Here: ${valueOf(form, name) || "nothing"}`),
    made("p", "govuk-body", `There: ${there || "nothing"}`),
  );
  const button = made("button", "govuk-button govuk-button--secondary", "Take what is there");
  button.type = "button";
  button.addEventListener("click", () => {
    setValue(form, name, there);
    box.remove();
    form.dispatchEvent(new Event("input"));
  });
  box.append(button);
  return box;
}

function bodyOf(form) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.set(name, value);
  body.set("draft_by", "script");
  return body;
}

function textOf(form) {
  return JSON.stringify([...new FormData(form)].filter(([name, value]) => !isOurs(name) && typeof value === "string"));
}

function isOurs(name) {
  return name.startsWith("draft") || name === "csrfmiddlewaretoken";
}

function valueOf(form, name) {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value : "";
}

function setValue(form, name, value) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = Boolean(value);
  else if (field) field.value = value;
}

function labelOf(form, name) {
  const field = form.elements.namedItem(name);
  const one = field instanceof RadioNodeList ? field[0] : field;
  const legend = one?.closest("fieldset")?.querySelector("legend");
  return (legend ?? one?.labels?.[0])?.textContent?.trim() ?? name;
}

function made(tag, className, text = "") {
  const one = document.createElement(tag);
  one.className = className;
  one.textContent = text;
  return one;
}

function hidden(name, value) {
  const one = made("input", "");
  Object.assign(one, { type: "hidden", name, value });
  return one;
}
