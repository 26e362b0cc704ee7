// What is brushed on the map or the timeline: says how many, leads to the same selection in the list of incidents, and
// dims campaigns that have nothing in it.
"use strict";
(function () {
  const say = document.getElementById("selection");
  const figure = document.getElementById("where-when");
  if (!say || !figure) { return; }

  figure.addEventListener("chart:drawn", (event) => {
    const view = event.detail;
    const all = view.data("incidents");
    const stored = (name) => { try { return view.data(name + "_store"); } catch { return []; } };
    // The brush on the map stores the numbers that Vega gives to rows; the rows with their numbers are in derived data.
    function incidentsOf(tuples) {
      const wanted = new Set(tuples.map((tuple) => tuple._vgsid_));
      const found = new Set();
      for (let at = 0; at < 12; at++) {
        let rows = [];
        try { rows = view.data("data_" + at); } catch { break; }
        rows.forEach((row) => { if (row.id !== undefined && wanted.has(row._vgsid_)) { found.add(row.id); } });
      }
      return found;
    }
    let waiting = 0;
    const later = () => { clearTimeout(waiting); waiting = setTimeout(update, 120); };
    ["place_store", "span_store"].forEach((name) => {
      try { view.addDataListener(name, later); } catch { /* the specification has no such brush */ }
    });

    function update() {
      const span = stored("span")[0]?.values?.[0];
      const place = stored("place");
      const ids = incidentsOf(place);
      const inSpan = (row) => !span || (row.m !== null && row.ms.some((start, at) => row.me[at] > +span[0] && start < +span[1]));
      const chosen = all.filter((row) => inSpan(row) && (!place.length || ids.has(row.id)));
      const active = Boolean(span || place.length);
      show(active, chosen, span, place.length > 0);
      dim(active, new Set(chosen.map((row) => String(row.id))));
    }

    function show(active, chosen, span, placed) {
      say.hidden = !active;
      if (!active) { return; }
      const query = new URLSearchParams();
      if (span) {
        query.set("from", new Date(+span[0]).toISOString().slice(0, 7));
        query.set("until", new Date(+span[1]).toISOString().slice(0, 7));
      }
      if (placed) { new Set(chosen.flatMap((row) => row.country)).forEach((code) => query.append("country", code)); }
      const link = document.createElement("a");
      link.href = say.dataset.list + "?" + query;
      link.textContent = say.dataset.link;
      say.replaceChildren(say.dataset.words.replace("{n}", chosen.length).replace("{all}", all.length) + " ", link);
    }

    function dim(active, ids) {
      document.querySelectorAll("tr[data-members]").forEach((row) => {
        const members = row.dataset.members.split(" ");
        const inside = members.filter((id) => ids.has(id)).length;
        row.classList.toggle("outside", active && inside === 0);
        const mark = row.querySelector("[data-selected]");
        if (mark) { mark.textContent = active ? inside + " / " : ""; }
      });
      document.querySelectorAll("li[data-incident]").forEach((item) => {
        item.classList.toggle("outside", active && !ids.has(item.dataset.incident));
      });
    }
  });
})();
