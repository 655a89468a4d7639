/* What makes a page hard to read for somebody, one line for each place. An expression: page.py asks for its value. */
(() => {
  const troubles = [];
  const complain = (what, element) => troubles.push(`${what}: ${element.outerHTML.slice(0, 160)}`);
  const all = selector => Array.from(document.querySelectorAll(selector));

  /* Contrast of all text that is drawn with the ground below it, as WCAG 2 computes it. */
  const parse = colour => (colour.match(/[\d.]+/g) || []).map(Number);
  const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const contrast = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const groundOf = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) {
        return colour;
      }
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("script, style")) {
      continue;
    }
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const ink = element instanceof SVGElement ? style.fill : style.color;
    const ratio = contrast(parse(ink), groundOf(element));
    if (ratio < (large ? 3 : 4.5)) {
      complain(`contrast ${ratio.toFixed(2)}`, element);
    }
  }

  /* Structure. */
  const levels = all("h1, h2, h3, h4, h5, h6").map(heading => Number(heading.tagName[1]));
  levels.forEach((level, i) => {
    if (i > 0 && level > levels[i - 1] + 1) {
      complain(`a heading of level ${level} behind one of ${levels[i - 1]}`, all("h1, h2, h3, h4, h5, h6")[i]);
    }
  });
  for (const selector of ["h1", "main", "body > header", "body > footer", "nav", "html[lang]", "title"]) {
    if (all(selector).length !== 1) {
      troubles.push(`${all(selector).length} of ${selector}`);
    }
  }
  all("h1, h2, h3, h4, a, button, summary, th, caption, label, legend, dt").filter(element =>
    !element.textContent.trim() && !element.getAttribute("aria-label")).forEach(element => complain("empty", element));
  all("table").filter(table => !table.caption).forEach(table => complain("no caption", table));
  all("th").filter(th => !th.scope).forEach(th => complain("no scope", th));
  all("tbody tr").filter(tr => !tr.querySelector("th[scope=row]")).forEach(tr => complain("no row header", tr));
  all("input").filter(input => input.labels.length !== 1).forEach(input => complain("no label", input));
  all("svg").filter(svg => !svg.closest("[aria-hidden=true]") && !svg.closest("[role=img][aria-label]"))
    .forEach(svg => complain("a drawing without words", svg));
  all("[aria-labelledby]").filter(element =>
    !element.getAttribute("aria-labelledby").split(" ").every(id => document.getElementById(id)))
    .forEach(element => complain("labelled by nothing", element));
  all("a[href^='#']").filter(a => !document.getElementById(a.getAttribute("href").slice(1)))
    .forEach(a => complain("leads nowhere", a));
  const ids = all("[id]").map(element => element.id);
  if (new Set(ids).size !== ids.length) {
    troubles.push("an id is there twice");
  }
  all(".scroll").filter(element => element.tabIndex !== 0 || !element.getAttribute("aria-label"))
    .forEach(element => complain("cannot be scrolled with keys", element));
  return troubles;
})()
