// One visit's form, made of the questions that were taken along.

let made = 0;

/** @param {string} tag @param {string} className @param {string} [text] */
export function element(tag, className, text = "") {
  const one = document.createElement(tag);
  one.className = className;
  one.textContent = text;
  return one;
}

/**
 * The form of a visit.
 * @param {{children: object[], about: object[]}} asked
 * @param {Record<string, string>} said - what was typed before, by field
 */
export function visitForm(asked, said) {
  const form = element("form", "kw-form");
  form.noValidate = true;
  asked.children.forEach((child, place) => {
    const part = element("section", "kw-visited");
    part.append(element("h3", "govuk-heading-m", child.called));
    if (place) part.append(element("p", "govuk-hint", `Leave this empty if the visit was not to ${child.called}.`));
    for (const [name, value] of Object.entries(child.whose)) part.append(hidden(name, value));
    part.append(...[...child.asked, ...child.more].map((one) => question(one, said)));
    form.append(part);
  });
  form.append(element("h3", "govuk-heading-m", "The visit"), ...asked.about.map((one) => question(one, said)));
  return form;
}

/** What stands in a form, by field. @param {HTMLFormElement} form */
export function typedIn(form) {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === "string"));
}

/** Question and answer as they are shown, so that they can be read again without the form. */
export function shownOf(asked, said) {
  const ofChildren = asked.children.flatMap((child) => [...child.asked, ...child.more].map((one) => [one, `${child.called}: ${one.label}`]));
  return [...ofChildren, ...asked.about.map((one) => [one, one.label])]
    .map(([one, label]) => [label, answered(one, said[one.name] ?? "")]);
}

function answered(one, value) {
  return one.choices.find((choice) => choice.value === value)?.says ?? value;
}

function question(one, said) {
  const group = element("div", "govuk-form-group");
  const value = said[one.name] ?? (one.kind === "date" ? today() : "");
  const id = `asked-${++made}`;
  if (one.kind === "radio") {
    const set = element("fieldset", "govuk-fieldset");
    set.append(element("legend", "govuk-fieldset__legend govuk-fieldset__legend--s", one.label));
    one.choices.forEach((choice, place) => set.append(radio(one.name, `${id}-${place}`, choice, value)));
    group.append(set);
    return group;
  }
  const label = element("label", "govuk-label", one.label);
  label.htmlFor = id;
  const field = one.kind === "textarea" ? element("textarea", "govuk-input kw-textarea")
    : one.kind === "select" ? element("select", "govuk-select") : element("input", "govuk-input");
  if (one.kind === "select") {
    field.append(...[{ value: "", says: "" }, ...one.choices].map((choice) => new Option(choice.says, choice.value)));
    field.value = said[one.name] ?? one.choices.find((choice) => choice.chosen)?.value ?? "";
  } else {
    if (one.kind === "date" || one.kind === "time") field.type = one.kind;
    field.value = value;
  }
  Object.assign(field, { id, name: one.name });
  const hint = element("div", "govuk-hint", one.hint);
  hint.id = `${id}-hint`;
  if (one.hint) field.setAttribute("aria-describedby", hint.id);
  group.append(label, ...(one.hint ? [hint] : []), field);
  return group;
}

function radio(name, id, choice, value) {
  const box = element("div", "kw-choice");
  const input = element("input", "");
  Object.assign(input, { type: "radio", id, name, value: choice.value, checked: choice.value === value });
  const label = element("label", "govuk-body govuk-!-margin-bottom-0", choice.says);
  label.htmlFor = id;
  box.append(input, label);
  return box;
}

function hidden(name, value) {
  const one = element("input", "");
  Object.assign(one, { type: "hidden", name, value });
  return one;
}

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((one) => String(one).padStart(2, "0")).join("-");
}
