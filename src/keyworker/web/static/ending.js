// Warns before a session ends and lets it be drawn out. Without this a session ends as it did, and no page is the worse.

const BEFORE = 120_000;
const LOOKS_EVERY = 5_000;
const SEEN = "keyworker-page-at";

/**
 * Warn in time, in every tab: what is opened in one draws the session out for all.
 * @param {HTMLDialogElement} box - what warns; it says after how many seconds the session ends
 */
export function warnOfEnding(box) {
  const [title, says] = [box.querySelector("h2"), box.querySelector("[data-says]")];
  const [stay, again] = [box.querySelector("[data-stay]"), box.querySelector("[data-again]")];
  const idle = Number(box.dataset.idle) * 1_000;
  const over = Date.now() + Number(box.dataset.left) * 1_000;
  let shown = "";
  note();
  setInterval(look, LOOKS_EVERY);
  document.addEventListener("visibilitychange", look);
  stay.addEventListener("click", drawOut);
  again.addEventListener("click", () => location.assign(location.pathname + location.search));

  /** Somebody is here. A moment is all that is kept. */
  function note() {
    localStorage.setItem(SEEN, String(Date.now()));
  }

  function look() {
    const now = Date.now();
    const ends = Math.min(Number(localStorage.getItem(SEEN)) + idle, over);
    if (now >= ends) return tell("over");
    if (ends - now > BEFORE) return hide();
    return tell(ends === over ? "day" : "idle");
  }

  /** @param {"idle" | "day" | "over"} what - what is about to happen, or has */
  function tell(what) {
    if (shown === what) return;
    shown = what;
    title.textContent = box.dataset[`${what}Title`];
    says.textContent = box.dataset[`${what}Says`];
    stay.hidden = what !== "idle";
    again.hidden = what !== "over";
    if (!box.open) box.showModal();
  }

  function hide() {
    shown = "";
    if (box.open) box.close();
  }

  async function drawOut() {
    try {
      const answer = await fetch(box.dataset.stay, { redirect: "manual", cache: "no-store" });
      if (answer.status !== 204) return tell("over");
      note();
      hide();
    } catch {
      says.textContent = box.dataset.noSignal;
    }
  }
}
