"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const by = (id) => document.getElementById(id);
  const tip = by("tip");
  const off = new Set();
  const entries = new Map(all(".entry").map((entry) => [entry.id, entry]));
  const tags = new Map(all(".legend .swatch").map((s) => [s.closest("label").querySelector("input").dataset.kind, s.textContent]));
  const marks = all("main mark");
  const gaps = all("main [data-g]");
  let last = null;

  const MOST = 3;
  const ids = (node) => [
    ...(node.dataset.r ? node.dataset.r.split(" ").map((number) => `r${number}`) : []),
    ...(node.dataset.g ? [`g${node.dataset.g}`] : []),
  ];
  const shown = (node) => ids(node).filter((id) => !off.has(entries.get(id).dataset.kind));

  // A stretch with several readings takes the colour of the first kind that is switched on.
  const recolour = () => {
    let kindBefore = null;
    for (const mark of marks) {
      const kinds = shown(mark).map((id) => entries.get(id).dataset.kind).filter(Boolean);
      mark.className = mark.className.replace(/(^| )(k-[\w-]+|off)/g, "").trim();
      mark.classList.add(kinds.length ? `k-${kinds[0]}` : "off");
      const goesOn = mark.previousSibling === kindBefore && kindBefore && kindBefore.dataset.tag === tags.get(kinds[0]);
      if (kinds.length) mark.dataset.tag = tags.get(kinds[0]); else delete mark.dataset.tag;
      if (goesOn) mark.dataset.tag = "";
      kindBefore = mark;
    }
    for (const entry of all("#readings .entry")) entry.classList.toggle("off", off.has(entry.dataset.kind));
  };

  const select = (name) => {
    for (const tab of all("[role=tab]")) {
      const chosen = tab.id === `tab-${name}`;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      by(tab.getAttribute("aria-controls")).hidden = !chosen;
    }
  };

  const unlight = () => all(".lit").forEach((node) => node.classList.remove("lit"));

  const places = (id) =>
    id[0] === "r" ? marks.filter((mark) => ids(mark).includes(id)) : gaps.filter((gap) => ids(gap).includes(id));

  const light = (found) => {
    unlight();
    for (const id of found) {
      entries.get(id).classList.add("lit");
      places(id).forEach((node) => node.classList.add("lit"));
    }
  };

  // Opens the details of a stretch of text in the panel.
  const open = (node) => {
    const found = shown(node);
    if (!found.length) return;
    select(found[0][0] === "r" ? "readings" : "gaps");
    light(found);
    const panel = document.querySelector(".panel");
    const entry = entries.get(found[0]);
    if (panel.scrollHeight > panel.clientHeight)
      panel.scrollTop += entry.getBoundingClientRect().top - panel.getBoundingClientRect().top - panel.clientHeight / 3;
    by("said").textContent = found.map((id) => entries.get(id).querySelector(".title").textContent).join("; ");
  };

  const show = (node) => {
    const found = shown(node);
    if (!found.length) return hide();
    tip.replaceChildren(...found.slice(0, MOST).map((id) => {
      const copy = entries.get(id).cloneNode(true);
      const div = document.createElement("div");
      div.className = "entry";
      div.append(...copy.childNodes);
      return div;
    }));
    tip.classList.toggle("many", found.length > 1);
    if (found.length > MOST) {
      const more = document.createElement("p");
      more.className = "more";
      more.textContent = `and ${found.length - MOST} more; click to see them`;
      tip.append(more);
    }
    tip.hidden = false;
    const box = [...node.getClientRects()][0];
    const size = tip.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - size.width - 8));
    const above = box.bottom + 8 + size.height > window.innerHeight && box.top - 8 - size.height > 0;
    tip.style.left = `${left + window.scrollX}px`;
    tip.style.top = `${(above ? box.top - 8 - size.height : box.bottom + 8) + window.scrollY}px`;
  };
  const hide = () => { tip.hidden = true; };

  const go = (node) => {
    if (last) last.tabIndex = -1;
    last = node;
    node.tabIndex = 0;
    node.focus({ preventScroll: true });
    const box = node.getBoundingClientRect();
    if (box.top < 60 || box.bottom > window.innerHeight - 60) node.scrollIntoView({ block: "center" });
    show(node);
  };

  const step = (nodes, by_) => {
    const usable = nodes.filter((node) => shown(node).length);
    if (!usable.length) return;
    const here = last && last.isConnected ? last : null;
    const order = (node) => (here ? here.compareDocumentPosition(node) : Node.DOCUMENT_POSITION_FOLLOWING);
    const next = by_ > 0
      ? usable.find((node) => node !== here && order(node) & Node.DOCUMENT_POSITION_FOLLOWING)
      : usable.findLast((node) => node !== here && here && order(node) & Node.DOCUMENT_POSITION_PRECEDING);
    go(next || (by_ > 0 ? usable[0] : usable[usable.length - 1]));
  };

  const text = by("text");
  const target = (event) => event.target.closest("main [data-r], main [data-g]");
  text.addEventListener("mouseover", (event) => { const node = target(event); if (node) show(node); else hide(); });
  text.addEventListener("mouseleave", hide);
  text.addEventListener("click", (event) => { const node = target(event); if (node) { go(node); open(node); } });
  for (const entry of entries.values())
    entry.addEventListener("click", () => { light([entry.id]); const [first] = places(entry.id); if (first) { go(first); hide(); } });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const node = target(event);
    if (event.key === "j") step(marks, 1);
    else if (event.key === "k") step(marks, -1);
    else if (event.key === "n") step(gaps, 1);
    else if (event.key === "p") step(gaps, -1);
    else if (event.key === "Escape") { hide(); unlight(); }
    else if ((event.key === "Enter" || event.key === " ") && node) { open(node); event.preventDefault(); }
    else if (event.key.startsWith("Arrow") && event.target.role === "tab") {
      const other = all("[role=tab]").find((tab) => tab !== event.target);
      select(other.id.slice(4));
      other.focus();
    }
  });

  all("[role=tab]").forEach((tab) => tab.addEventListener("click", () => select(tab.id.slice(4))));
  const kinds = all("[data-kind][type=checkbox]");
  const toggle = (box) => { if (box.checked) off.delete(box.dataset.kind); else off.add(box.dataset.kind); };
  kinds.forEach((box) => box.addEventListener("change", () => { toggle(box); recolour(); hide(); }));
  const every = (checked) => { kinds.forEach((box) => { box.checked = checked; toggle(box); }); recolour(); hide(); };
  by("all-on").addEventListener("click", () => every(true));
  by("all-off").addEventListener("click", () => every(false));
  for (const box of all("[data-show]")) {
    const apply = () => {
      const name = box.dataset.show;
      if (name === "tags") document.body.classList.toggle("show-tags", box.checked);
      else document.body.classList.toggle(`hide-${name}`, !box.checked);
    };
    box.addEventListener("change", apply);
    apply();
  }
  if (marks.length) { marks[0].tabIndex = 0; last = null; }
  kinds.forEach(toggle);
  recolour();
  document.documentElement.dataset.ready = "yes";
})();
