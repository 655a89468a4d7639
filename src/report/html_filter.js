"use strict";
/* Hides the findings that nobody asks for; without it all are there. It reads the page, and writes no markup. */
(() => {
  const details = () => document.querySelectorAll("details.finding");
  const setOpen = open => details().forEach(element => { element.open = open; });

  /* A link to a finding opens it, and the table it is in. */
  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    for (let at = target; at; at = at.parentElement) {
      if (at instanceof HTMLDetailsElement) {
        at.open = true;
      }
    }
    if (target) {
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);
  if (location.hash) {
    reveal();
  }

  /* On paper nothing can be opened. */
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = Array.from(document.querySelectorAll("details:not([open])"));
    closed.forEach(element => { element.open = true; });
  });
  addEventListener("afterprint", () => {
    closed.forEach(element => { element.open = false; });
  });

  const form = document.getElementById("filters");
  if (!form) {
    return;
  }
  const facets = ["severity", "family", "fate", "standing"];
  const words = document.getElementById("words");
  const shown = document.getElementById("shown");
  const items = Array.from(document.querySelectorAll(".item[data-standing]"), element => ({element, text: ""}));
  const holders = document.querySelectorAll("details.group, section.standing");

  const wanted = () => {
    const choice = {};
    for (const facet of facets) {
      const boxes = form.querySelectorAll(`input[name=${facet}]:checked`);
      choice[facet] = new Set(Array.from(boxes, box => box.value));
    }
    return choice;
  };
  /* What a person can read of it; made when somebody first searches. */
  const textOf = item => {
    item.text = item.text || item.element.textContent.toLowerCase();
    return item.text;
  };
  const apply = () => {
    const choice = wanted();
    const asked = words.value.toLowerCase().split(/\s+/).filter(word => word);
    let count = 0;
    for (const item of items) {
      const fits = facets.every(facet => choice[facet].has(item.element.dataset[facet])) &&
        asked.every(word => textOf(item).includes(word));
      item.element.hidden = !fits;
      count += fits;
    }
    for (const holder of holders) {
      const all = holder.querySelectorAll(".item[data-standing]");
      holder.hidden = all.length > 0 && Array.from(all).every(element => element.hidden);
    }
    shown.textContent = count === items.length ? `All ${count} findings` : `${count} of ${items.length} findings`;
  };

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", event => event.preventDefault());
  document.getElementById("open").addEventListener("click", () => setOpen(true));
  document.getElementById("close").addEventListener("click", () => setOpen(false));
  apply();
})();
