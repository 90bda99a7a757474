// Every page is whole without this. It only lets a long list be sorted where it stands.
import { SortableTable } from "./vendor/sortable-table.mjs";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const table of document.querySelectorAll('[data-module="moj-sortable-table"]')) {
  new SortableTable(table);
}
