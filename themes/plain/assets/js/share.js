// Shows two buttons beside the links for sharing a piece: one that copies the
// address, one for the apps on this device. Without this module, and where the
// browser has neither, the plain links remain; the buttons' places are kept, so that
// nothing moves.

const press = (share, name, act) => {
  const button = share.querySelector(`[data-share=${name}]`);
  button.addEventListener("click", act);
  button.parentNode.hidden = false;
  return button;
};

for (const share of document.querySelectorAll(".share[data-url]")) {
  const { url, text, copied } = share.dataset;
  const what = { title: document.title, text, url };
  if (navigator.canShare?.(what)) {
    press(share, "app", () => navigator.share(what).catch(() => {})); // closed again, most often
  }
  if (navigator.clipboard) {
    const told = document.createElement("span");
    told.role = "status";
    press(share, "copy", async () => {
      told.textContent = "";
      await navigator.clipboard.writeText(url);
      told.textContent = copied;
    }).after(told);
  }
}
