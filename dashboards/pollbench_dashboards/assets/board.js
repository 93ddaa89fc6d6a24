// Tables that can be sorted by a column and searched; without scripts they are plain tables.
(function () {
  "use strict";
  function valueOf(row, column) {
    var cell = row.cells[column];
    var text = cell.dataset.value || cell.textContent.trim();
    return text === "" ? null : isNaN(Number(text)) ? text.toLowerCase() : Number(text);
  }
  document.querySelectorAll("table[data-sortable]").forEach(function (table) {
    var body = table.tBodies[0];
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      if (head.querySelector(".hidden")) return;
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      while (head.firstChild) button.appendChild(head.firstChild);
      head.appendChild(button);
      button.addEventListener("click", function () {
        var up = head.getAttribute("aria-sort") !== "ascending";
        Array.prototype.forEach.call(table.tHead.rows[0].cells, function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        var rows = Array.prototype.filter.call(body.rows, function (row) { return !row.classList.contains("result"); });
        rows.sort(function (one, two) {
          var a = valueOf(one, column), b = valueOf(two, column);
          // What is not known stands last, whichever way the others go.
          if (a === null || b === null) return (a === null) - (b === null);
          var order = typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1;
          return up ? order : -order;
        });
        rows.forEach(function (row) { body.appendChild(row); });
      });
    });
    if (!("searched" in table.dataset)) return;
    // The search stands in the page from the start, so that nothing moves; without scripts it is not shown.
    var input = table.parentNode.previousElementSibling.querySelector("input");
    // Lists beside the search, where the page has some: a row fits if its own words are the chosen ones.
    var filters = table.id ? document.querySelector("[data-filters='" + table.id + "']") : null;
    var chosen = filters ? Array.prototype.slice.call(filters.querySelectorAll("select")) : [];
    var count = filters ? filters.querySelector("output") : null;
    function show() {
      var wanted = input.value.trim().toLowerCase(), shown = 0;
      Array.prototype.forEach.call(body.rows, function (row) {
        var fits = row.textContent.toLowerCase().indexOf(wanted) >= 0 && chosen.every(function (list) {
          return !list.value || row.dataset[list.name] === list.value;
        });
        row.hidden = !fits;
        if (fits) shown += 1;
      });
      if (count) count.textContent = count.dataset.text.replace("{shown}", shown).replace("{all}", body.rows.length);
    }
    input.addEventListener("input", show);
    if (filters) {
      filters.addEventListener("input", show);
      show();
    }
  });
})();
