// Every page is whole without this. It lets a long list be sorted where it stands, and shows a password that is typed.
import { SortableTable } from "./vendor/sortable-table.mjs";
import { keepDraft } from "./draft.js";
import { warnOfEnding } from "./ending.js";
import { lookAfterDevice } from "./device/waiting.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const table of document.querySelectorAll('[data-module="moj-sortable-table"]')) {
  new SortableTable(table);
}

for (const field of document.querySelectorAll('input[type="password"]')) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary kw-show";
  button.setAttribute("aria-controls", field.id);
  button.textContent = "Show what is typed";
  button.addEventListener("click", () => {
    const hidden = field.type === "password";
    field.type = hidden ? "text" : "password";
    button.textContent = hidden ? "Hide what is typed" : "Show what is typed";
  });
  field.after(button);
  field.form.addEventListener("submit", () => { field.type = "password"; });
}

for (const part of document.querySelectorAll("[data-draft]")) keepDraft(part);

for (const box of document.querySelectorAll("dialog.kw-ending")) warnOfEnding(box);

// A second press while the first is under way sends nothing.
for (const form of document.querySelectorAll('form.kw-form[method="post"]')) {
  let under = false;
  form.addEventListener("submit", (event) => {
    if (under) event.preventDefault();
    under = true;
  });
  addEventListener("pageshow", () => { under = false; });
}

// The frame of the pages is kept for where there is no signal: styles, scripts, and no page that shows anybody.
if ("installs" in document.body.dataset && "serviceWorker" in navigator) navigator.serviceWorker.register("/service-worker.js");
lookAfterDevice();
