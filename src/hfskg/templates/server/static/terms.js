"use strict";
// Fills the choices of a term's field while it is typed.
for (const field of document.querySelectorAll("input[data-below]")) {
  const list = document.getElementById(field.getAttribute("list"));
  let asked = null;
  const fill = async () => {
    const query = new URLSearchParams({ q: field.value, limit: "30" });
    if (field.dataset.below) query.set("below", field.dataset.below);
    const now = (asked = query.toString());
    const answer = await fetch(`${document.body.dataset.root}/api/terms?${now}`);
    if (!answer.ok || asked !== now) return;
    const terms = await answer.json();
    list.replaceChildren(
      ...terms.map((term) => {
        const option = document.createElement("option");
        option.value = term.label;
        if (term.name !== term.label) option.label = `${term.label} (${term.name})`;
        return option;
      }),
    );
    field.dataset.filled = "yes";
  };
  field.addEventListener("input", fill);
  field.addEventListener("focus", fill, { once: true });
}
