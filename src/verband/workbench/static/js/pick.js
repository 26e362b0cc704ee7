// Lists of check boxes in the filter form: one open at a time, closed by Escape or a click elsewhere.
"use strict";
(function () {
  const picks = Array.from(document.querySelectorAll("details.pick"));
  document.addEventListener("click", (event) => {
    picks.forEach((pick) => { if (!pick.contains(event.target)) { pick.open = false; } });
  });
  picks.forEach((pick) => {
    pick.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && pick.open) {
        pick.open = false;
        pick.querySelector("summary").focus();
      }
    });
    pick.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !pick.contains(event.relatedTarget)) { pick.open = false; }
    });
  });
})();
