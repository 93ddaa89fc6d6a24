// Draws the charts of a page from the specifications that the page carries, and moves the live one.
// No network, no evaluation of text: expressions are interpreted (ast), as the page's policy demands.
(function () {
  "use strict";
  var holder = document.getElementById("specifications");
  if (!holder) return;
  var page = JSON.parse(holder.textContent);
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  var views = {};
  var serial = 0;
  var state = { drawn: 0, expected: 0, failed: [] };
  window.pollbench = { views: views, state: state };

  // The widest drawing that the column has room for; it is stretched to the column afterwards.
  function variantFor(element) {
    var variants = page.charts[element.dataset.chart];
    return Object.keys(variants).reduce(function (best, name) {
      var width = variants[name].width;
      var fits = width * page.shrinks <= element.clientWidth;
      return fits && width > variants[best].width ? name : best;
    }, "narrow");
  }

  // No more than half as large again: letters would outgrow those of the page.
  function stretch(place) {
    place.querySelectorAll("svg.marks").forEach(function (svg) {
      svg.style.width = "100%";
      svg.style.maxWidth = 1.45 * Number(svg.getAttribute("width")) + "px";
    });
  }

  function specificationOf(name, variant) {
    var specification = JSON.parse(JSON.stringify(page.charts[name][variant].specification));
    specification.datasets = {};
    (function collect(node) {
      if (!node || typeof node !== "object") return;
      if (node.data && typeof node.data.name === "string" && page.datasets[node.data.name]) {
        specification.datasets[node.data.name] = page.datasets[node.data.name];
      }
      Object.keys(node).forEach(function (key) { if (key !== "datasets") collect(node[key]); });
    })(specification);
    return specification;
  }

  function draw(element) {
    var name = element.dataset.chart;
    var place = element.querySelector(".live");
    var variant = variantFor(element);
    var mine = ++serial;
    element.dataset.variant = variant;
    element.dataset.serial = String(mine);
    return window.vegaEmbed(place, specificationOf(name, variant), {
      ast: true,
      actions: false,
      renderer: "svg",
      config: Object.assign({}, page.themes[dark.matches ? "dark" : "house"], { aria: false }),
      formatLocale: page.number_format,
      timeFormatLocale: page.time_format,
      tooltip: { theme: dark.matches ? "dark" : "light" }
    }).then(function (drawn) {
      if (element.dataset.serial !== String(mine)) { drawn.finalize(); return; }
      if (views[name]) views[name].finalize();
      views[name] = drawn;
      // The element around it is the picture and carries its words: what is inside is not read out piece by piece.
      stretch(place);
      place.querySelectorAll("svg").forEach(function (svg) { svg.setAttribute("aria-hidden", "true"); });
      element.classList.add("drawn");
      element.closest("figure").dataset.variant = variant;
      state.drawn += 1;
      element.dispatchEvent(new CustomEvent("drawn"));
    }).catch(function (problem) {
      state.failed.push(name + ": " + problem.message);
      throw problem;
    });
  }

  var elements = Array.prototype.slice.call(document.querySelectorAll(".drawing[data-chart]"));
  state.expected = elements.length;

  // The narrow and the wide drawing differ in layout, so a chart is redrawn only when the column crosses the limit.
  var waiting = null;
  function redrawChanged() {
    elements.forEach(function (element) {
      if (element.dataset.variant && element.dataset.variant !== variantFor(element)) draw(element);
    });
  }
  window.addEventListener("resize", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(redrawChanged, 150);
  });
  dark.addEventListener("change", function () { elements.forEach(draw); });

  // ---- a control: a number of accounts or a day, in the address, in words, in the chart ----------
  function parameters() {
    return new URLSearchParams(window.location.hash.replace(/^#/, ""));
  }

  function connect(control) {
    var input = control.querySelector("input[type=range]");
    var output = control.querySelector("output");
    var chart = document.querySelector('.drawing[data-chart="' + control.dataset.chart + '"]');
    var steps = JSON.parse(control.querySelector("script").textContent);
    var titles = document.querySelectorAll('[data-title-of="' + control.dataset.chart + '"]');
    var picture = chart && chart.querySelector(".live");
    var printed = steps[Number(input.getAttribute("value"))].title;
    var described = picture ? picture.getAttribute("aria-label") : "";

    // Where the title says what is shown, it follows; the picture in words begins with it.
    // On paper stands the picture of the start, and its title.
    var paper = window.matchMedia("print");
    function entitle(title) {
      if (!title) return;
      if (paper.matches) title = printed;
      titles.forEach(function (element) { element.textContent = title; });
      if (picture) picture.setAttribute("aria-label", described.replace(printed, function () { return title; }));
    }

    function show(write) {
      var step = steps[Number(input.value)];
      output.textContent = step.label;
      input.setAttribute("aria-valuetext", step.label + ". " + step.sentence);
      control.querySelector(".sentence").textContent = step.sentence;
      entitle(step.title);
      var drawn = views[control.dataset.chart];
      if (drawn) drawn.view.signal(control.dataset.signal, step.value).runAsync();
      if (write) {
        var hash = parameters();
        hash.set(control.dataset.signal, step.address);
        window.history.replaceState(null, "", "#" + hash.toString());
      }
    }

    function nearest(value, of) {
      var best = 0;
      steps.forEach(function (step, index) {
        if (Math.abs(of(step) - value) < Math.abs(of(steps[best]) - value)) best = index;
      });
      return best;
    }

    // What an address says, on a line: a number, or a day as a moment.
    function place(text) {
      return isFinite(Number(text)) ? Number(text) : Date.parse(text);
    }

    function read() {
      var text = parameters().get(control.dataset.signal);
      if (!text || !isFinite(place(text))) return false;
      input.value = String(nearest(place(text), function (step) { return place(step.address); }));
      return true;
    }

    input.addEventListener("input", function () { show(true); });
    control.querySelectorAll("button[data-value]").forEach(function (button) {
      button.addEventListener("click", function () {
        input.value = String(nearest(Number(button.dataset.value), function (step) { return step.value; }));
        show(true);
        input.focus();
      });
    });
    window.addEventListener("hashchange", function () { if (read()) show(false); });
    if (chart) chart.addEventListener("drawn", function () { show(false); });
    paper.addEventListener("change", function () { show(false); });
    read();
    show(false);
  }

  document.querySelectorAll(".control[data-signal]").forEach(connect);

  // Charts in sight first: the others are drawn when the page is idle, one after the other.
  elements.reduce(function (before, element) {
    return before.then(function () { return draw(element); });
  }, Promise.resolve()).then(function () { document.documentElement.dataset.ready = "yes"; });
})();
