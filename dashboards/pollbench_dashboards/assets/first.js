// Runs before anything is painted: says that scripts run, so that nothing moves when they draw, and closes the menu.
(function () {
  "use strict";
  document.documentElement.classList.add("js");
  // The groups of the menu close on Escape, and when another part of the page is chosen.
  function closeMenu(event) {
    document.querySelectorAll("nav details[open]").forEach(function (group) {
      if (event.type === "keydown" ? event.key === "Escape" : !group.contains(event.target)) {
        group.open = false;
        if (event.type === "keydown") group.querySelector("summary").focus();
      }
    });
  }
  document.addEventListener("keydown", closeMenu);
  document.addEventListener("click", closeMenu);
})();
