"use strict";
(() => {
  const root = document.body.dataset.root;
  const input = document.getElementById("search");
  const found = document.getElementById("found");
  const fold = (text) => text.toLowerCase().replace(/[\s_-]+/g, " ");
  const terms = TERMS.map(([label, page, module, names]) => ({ label, page, module, names, keys: [label, ...names].map(fold) }));
  const rank = (term, wanted) => {
    let best = 9;
    term.keys.forEach((key, at) => {
      const here = key === wanted ? 0 : key.startsWith(wanted) ? 2 : key.includes(` ${wanted}`) ? 4 : key.includes(wanted) ? 6 : 9;
      if (here < 9) best = Math.min(best, here + (at ? 1 : 0));
    });
    return best;
  };
  const search = () => {
    const wanted = fold(input.value.trim());
    const hits = wanted ? terms.map((term) => [rank(term, wanted), term]).filter(([r]) => r < 9).sort((a, b) => a[0] - b[0]).slice(0, 30) : [];
    found.replaceChildren(...hits.map(([, term]) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = root + term.page;
      const by = term.names.find((name) => fold(name).includes(wanted));
      const label = document.createElement("span");
      label.textContent = fold(term.label).includes(wanted) || !by ? term.label : `${term.label} (${by})`;
      const module = document.createElement("small");
      module.textContent = term.module;
      link.append(label, module);
      item.append(link);
      return item;
    }));
    found.hidden = !hits.length;
  };
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    const first = found.querySelector("a");
    if (event.key === "Enter" && first) location.href = first.href;
    if (event.key === "ArrowDown" && first) { first.focus(); event.preventDefault(); }
    if (event.key === "Escape") found.hidden = true;
  });
  document.documentElement.dataset.ready = "yes";
})();
