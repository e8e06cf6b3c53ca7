// Adds two buttons to the links for sharing a piece: one for the apps on this
// device, one that copies the address. Without this module, and where the browser
// has neither, the plain links remain.

const button = (list, text, press) => {
  const b = document.createElement("button");
  b.type = "button";
  b.textContent = text;
  b.addEventListener("click", press);
  list.append(document.createElement("li"));
  list.lastChild.append(b);
};

for (const share of document.querySelectorAll(".share[data-url]")) {
  const { url, text, app, copy, copied } = share.dataset;
  const list = share.querySelector("ul");
  const what = { title: document.title, text, url };
  if (navigator.canShare?.(what)) {
    button(list, app, () => navigator.share(what).catch(() => {})); // closed again, most often
  }
  if (navigator.clipboard) {
    const told = document.createElement("span");
    told.role = "status";
    button(list, copy, async () => {
      told.textContent = "";
      await navigator.clipboard.writeText(url);
      told.textContent = copied;
    });
    share.append(told);
  }
}
