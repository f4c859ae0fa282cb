"use strict";
(() => {
  const root = document.body.dataset.root;
  const endpoint = new URL(`${root}/sparql`, location.href).href;
  const example = document.getElementById("example");
  // Completion of prefixes and properties would ask servers elsewhere.
  Yasgui.Yasqe.defaults.autocompleters = ["variables"];
  Yasgui.Yasqe.defaults.value =
    "PREFIX hfs: <https://w3id.org/hfskg/ontology#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n\n" +
    "SELECT ?case ?label WHERE {\n  ?case a hfs:Patient ; rdfs:label ?label .\n}\nLIMIT 100\n";
  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint },
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    copyEndpointOnNewTab: true,
    persistenceId: null,
  });
  const show = (name) => {
    const chosen = [...example.options].find((option) => option.value === name);
    if (!chosen || !name) return;
    example.value = name;
    yasgui.getTab().setQuery(chosen.dataset.sparql);
  };
  example.addEventListener("change", () => show(example.value));
  show(new URLSearchParams(location.search).get("example"));
  document.documentElement.dataset.ready = "yes";
})();
